// nginx's configuration of a deployment, from the templates in nginx/.
import { dirname } from 'node:path';
import { Eta } from 'eta';
import semver from 'semver';
import librechatDown from '../../nginx/librechat-down.html?raw';
import pageDown from '../../nginx/page-down.html?raw';
import api from '../../nginx/parts/api.conf.eta?raw';
import domain from '../../nginx/parts/domain.conf.eta?raw';
import files from '../../nginx/parts/files.conf.eta?raw';
import librechat from '../../nginx/parts/librechat.conf.eta?raw';
import log from '../../nginx/parts/log.conf.eta?raw';
import notice from '../../nginx/parts/notice.conf.eta?raw';
import previews from '../../nginx/parts/previews.conf.eta?raw';
import proxy from '../../nginx/parts/proxy.conf.eta?raw';
import tls from '../../nginx/parts/tls.conf.eta?raw';
import upstreams from '../../nginx/parts/upstreams.conf.eta?raw';
import main from '../../nginx/preview-kit.conf.eta?raw';
import relayDown from '../../nginx/relay-down.html?raw';
import { settings } from '../config.ts';
import type { Answers } from './answers.ts';
import { certificateFor } from './host-names.ts';

const eta = new Eta({ autoEscape: false });
for (const [name, text] of Object.entries({
  api,
  domain,
  files,
  librechat,
  log,
  notice,
  previews,
  proxy,
  tls,
  upstreams,
  main,
}))
  eta.loadTemplate(`@${name}`, text);

/** What a page is sent in takes up more than the page: base64, JSON. */
const publishOverhead = 1.6;
const monacoAddress = 'https://cdn.jsdelivr.net/npm/monaco-editor@';

/** How nginx finds an application behind a name that may move: once, again and again, or at each request. */
type Upstreams = 'fixed' | 'resolved' | 'variables';

/** @returns the text of preview-kit.conf, which belongs inside `http { }` */
export function renderNginx(answers: Answers): string {
  return render('@main', placesOf(answers));
}

/** @returns the servers of a domain of the operator's own, which belong beside preview-kit.conf */
export function renderDomainServer(domain: string, answers: Answers): string {
  return render('@domain', {
    ...placesOf(answers),
    domain,
    serverName: serverName(domain),
    certificate: `${answers.certificates}/${domain}`,
  });
}

function render(template: string, values: object): string {
  return `${eta
    .render(template, values)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/** What the templates name. */
function placesOf(answers: Answers) {
  const { librechatHost, previewsHost, apiHost, edge, certificates, accessLog } = answers;
  const upstreamForm: Upstreams =
    edge !== 'containers' ? 'fixed' : isAtLeast(answers.nginxVersion, '1.27.3') ? 'resolved' : 'variables';
  const http2On = isAtLeast(answers.nginxVersion, '1.25.1');
  const application = (name: string, address: string, idle: string) => ({
    name,
    address,
    idle,
    target: upstreamForm === 'variables' ? `$${name}` : name,
  });
  const certificate = (host: string) => `${certificates}/${certificateFor(host, answers)}`;
  return {
    ...answers,
    httpListen: answers.listenHttp,
    httpsListen: answers.listenHttps,
    http2On,
    http2Parameter: http2On ? '' : ' http2',
    upstreams: upstreamForm,
    resolver: edge === 'containers' ? '127.0.0.11' : '',
    relay: application('preview_kit_relay', answers.relayAddress, '60s'),
    // Node's default is to close after 5 s.
    librechatApp: application('preview_kit_librechat', answers.librechatAddress, '4s'),
    librechat: { serverName: serverName(librechatHost), certificate: certificate(librechatHost) },
    previews: {
      baseName: serverName(previewsHost),
      idNames: `"~^[a-z0-9][a-z0-9-]{0,62}-${escapeDots(previewsHost)}$"`,
      certificate: certificate(previewsHost),
    },
    api: apiHost !== '' && {
      serverName: serverName(apiHost),
      certificate: certificate(apiHost),
      maxBody: `${Math.ceil((Number(settings.shareMaxBytes.fallback) * publishOverhead) / 2 ** 20)}m`,
    },
    errorLog: accessLog === '' ? '/dev/null' : `${dirname(accessLog)}/error.log`,
    monaco: answers.monaco && {
      from: monacoAddress,
      to: `https://${previewsHost}/-/cdn/${monacoAddress.slice('https://'.length)}`,
    },
    relayDown: oneLine(relayDown),
    pageDown: oneLine(pageDown),
    librechatDown: oneLine(librechatDown),
  };
}

/** Long names do not fit nginx's table of exact names (server_names_hash_bucket_size, 64 bytes); expressions always do. */
function serverName(host: string): string {
  return host.length > 40 ? `"~^${escapeDots(host)}$"` : host;
}

function escapeDots(host: string): string {
  return host.replaceAll('.', '\\.');
}

/** A page as one nginx string in single quotes. */
function oneLine(html: string): string {
  return html
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll("'", '’')
    .replaceAll('$', '');
}

/** Whether a version is known and not older than another. */
function isAtLeast(version: string, least: string): boolean {
  return version !== '' && semver.gte(version, least);
}
