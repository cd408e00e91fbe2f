// The table of checks, in the order of the report. docs/deployment/doctor.md shows it, written by
// scripts/write-docs.mjs. A new check: a file in checks/, a line here.
import type { Check } from './check.ts';
import { address } from './checks/address.ts';
import { apiAnswers, apiCertificate, apiDns, chatToken } from './checks/api-host.ts';
import { certificateChain, certificateDates, certificateNames, tlsHandshake } from './checks/certificate.ts';
import { clock } from './checks/clock.ts';
import { caching, compression, cookies } from './checks/delivery.ts';
import { addressSpace, dnsBase, dnsPreviews, dnsSame } from './checks/dns.ts';
import {
  contentPolicy,
  frameAncestors,
  frameOptions,
  isolationHeaders,
  sharedFiles,
  workerScript,
} from './checks/headers.ts';
import { httpsRedirect } from './checks/https-redirect.ts';
import { librechatHeaders, librechatReached } from './checks/librechat-page.ts';
import {
  librechatDomain,
  librechatNames,
  librechatPolicy,
  librechatVariables,
} from './checks/librechat-variables.ts';
import {
  nginxBuffering,
  nginxConfiguration,
  nginxServerName,
  nginxTimeouts,
  nginxUploads,
  nginxWebSockets,
} from './checks/nginx.ts';
import { diskSpace, packagesServed, registry, storeWarm, storeWritable } from './checks/packages.ts';
import { domainAnswers, domainCertificate, domainDns, pagesState, signIn } from './checks/pages.ts';
import { everyAddress, port } from './checks/ports.ts';
import {
  embedOrigins,
  nodeVersion,
  relayHealth,
  relaySettings,
  relayVersion,
} from './checks/relay-process.ts';
import {
  artifactFiles,
  hostHeader,
  paths,
  redirects,
  relayBase,
  relayPreviews,
  unknownPaths,
} from './checks/relay-reached.ts';
import { sameSite } from './checks/same-site.ts';
import { serviceWorker } from './checks/service-worker.ts';

export const checks: readonly Check[] = [
  address,
  sameSite,
  dnsBase,
  dnsPreviews,
  dnsSame,
  addressSpace,
  port,
  everyAddress,
  httpsRedirect,
  clock,
  tlsHandshake,
  certificateNames,
  certificateDates,
  certificateChain,
  redirects,
  relayBase,
  relayPreviews,
  hostHeader,
  unknownPaths,
  paths,
  artifactFiles,
  contentPolicy,
  frameAncestors,
  frameOptions,
  workerScript,
  isolationHeaders,
  sharedFiles,
  caching,
  compression,
  cookies,
  nginxConfiguration,
  nginxServerName,
  nginxBuffering,
  nginxTimeouts,
  nginxUploads,
  nginxWebSockets,
  librechatVariables,
  librechatNames,
  librechatDomain,
  librechatPolicy,
  librechatReached,
  librechatHeaders,
  nodeVersion,
  relaySettings,
  embedOrigins,
  relayHealth,
  relayVersion,
  packagesServed,
  registry,
  storeWarm,
  storeWritable,
  diskSpace,
  pagesState,
  apiDns,
  apiCertificate,
  apiAnswers,
  chatToken,
  signIn,
  domainDns,
  domainCertificate,
  domainAnswers,
  serviceWorker,
];
