// One run of the doctor: what is given on the command line → what is examined → findings.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checks } from './checks.ts';
import { type DeploymentFiles, readDeploymentFiles } from './deployment-files.ts';
import { HttpProbe } from './http-probe.ts';
import { NameResolver, parseNameRule } from './name-resolver.ts';
import { NginxSource } from './nginx-source.ts';
import type { Report } from './report.ts';
import { runChecks } from './run-checks.ts';
import { previewHosts, readRelayConfig, type Subject } from './subject.ts';
import { TlsProbe } from './tls-probe.ts';

/** How the doctor is called; flags without a value are left out. */
export interface DoctorOptions {
  url?: string | undefined;
  embedder?: string | undefined;
  librechatEnv?: string | undefined;
  relayEnv?: string | undefined;
  relay?: string | undefined;
  resolve?: string[] | undefined;
  dns?: string | undefined;
  ca?: string | undefined;
  nginxConf?: string | undefined;
  timeoutMs?: number | undefined;
  browser?: boolean | undefined;
  /** Folder of the deployment. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Folder of the checkout, with `dist` and `www`. */
  checkout: string;
}

/** A mistake in the call; the message says what is right. */
export class DoctorUsageError extends Error {
  override name = 'DoctorUsageError';
}

/** How long a check may take unless told otherwise. */
export const usualTimeoutMs = 10_000;

/**
 * Examines a deployment.
 * @throws DoctorUsageError when there is nothing to examine, or what was given cannot be read
 */
export async function examine(options: DoctorOptions): Promise<Report & { subject: Subject }> {
  const timeoutMs = options.timeoutMs ?? usualTimeoutMs;
  const subject = await findSubject(options);
  const names = orUsage(
    () =>
      new NameResolver({
        rules: (options.resolve ?? []).map(parseNameRule),
        server: options.dns,
        timeoutMs: Math.min(2_000, timeoutMs / 4),
      }),
  );
  // Single requests end before their check does, so that the check can say what it knows.
  const http = new HttpProbe({ names, timeoutMs: timeoutMs * 0.8 });
  const ca = subject.caFile === undefined ? undefined : await readCa(subject.caFile);
  const checkedAt = new Date().toISOString();
  try {
    const findings = await runChecks(
      checks,
      {
        subject,
        names,
        http,
        tls: new TlsProbe({ ca, timeoutMs: timeoutMs * 0.8 }),
        nginx: new NginxSource({
          file: options.nginxConf,
          folder: options.folder,
          edge: subject.files.compose.values.COMPOSE_FILE?.includes('edge.yml') ?? false,
          timeoutMs,
        }),
      },
      timeoutMs,
    );
    return {
      ok: findings.every(({ level }) => level !== 'fail'),
      url: subject.givenUrl,
      checkedAt,
      findings,
      subject,
    };
  } finally {
    http.close();
  }
}

async function findSubject(options: DoctorOptions): Promise<Subject> {
  const { folder, env, checkout } = options;
  const files = await readDeploymentFiles(folder, options).catch((error: Error) => {
    throw new DoctorUsageError(error.message);
  });
  const { given, source } = findAddress(options, files);
  const url = readAddress(given, source);
  const { config, faults } = readRelayConfig(files.relay, env);
  const isLocal =
    files.relay.found ||
    [options.relay, env.PREVIEW_HOSTNAME, files.compose.values.PREVIEW_HOSTNAME].some(
      (text) => text !== undefined,
    );
  return {
    url,
    givenUrl: given,
    urlSource: source,
    embedder: findEmbedder(options, files),
    ...previewHosts(url),
    files,
    isLocal,
    config,
    configFaults: faults,
    relayUrl: readAddress(
      options.relay ??
        // Inside the relay's image, PORT is the container's own.
        `http://127.0.0.1:${files.compose.values.RELAY_PORT || env.PORT || files.relay.values.PORT || 1580}`,
      '--relay',
    ),
    folder,
    env,
    builtDirs: { distDir: join(checkout, 'dist'), bundlerDir: env.BUNDLER_DIR ?? join(checkout, 'www') },
    caFile: options.ca === undefined ? undefined : resolve(folder, options.ca),
    mayOpenBrowser: options.browser ?? true,
  };
}

function findAddress({ url, env }: DoctorOptions, files: DeploymentFiles): { given: string; source: string } {
  if (url !== undefined) return { given: url, source: '--url' };
  const hostname =
    env.PREVIEW_HOSTNAME ?? files.relay.values.PREVIEW_HOSTNAME ?? files.compose.values.PREVIEW_HOSTNAME;
  if (hostname) return { given: `https://${hostname}`, source: 'PREVIEW_HOSTNAME' };
  const variable = files.librechat.values.SANDPACK_BUNDLER_URL;
  if (variable) return { given: variable, source: 'SANDPACK_BUNDLER_URL' };
  throw new DoctorUsageError(
    'There is nothing to examine: give the address of previews, e.g. --url https://preview.example.com, or run the doctor in the folder with relay.env.',
  );
}

/** LibreChat's address; a variable that is no address is told by the checks of the variables. */
function findEmbedder(
  { embedder, env }: DoctorOptions,
  { librechat, compose, relay }: DeploymentFiles,
): URL | undefined {
  if (embedder !== undefined) return readAddress(embedder, '--embedder');
  const hostname = compose.values.LIBRECHAT_HOSTNAME;
  const origins = env.EMBED_ORIGINS ?? relay.values.EMBED_ORIGINS ?? '';
  const candidates = [
    hostname ? `https://${hostname}` : '',
    librechat.values.DOMAIN_CLIENT ?? '',
    origins.trim().split(/[\s,]+/)[0] ?? '',
  ];
  const found = candidates.find((text) => /^https?:/.test(text) && URL.canParse(text));
  return found === undefined ? undefined : new URL(found);
}

function readAddress(text: string, source: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new DoctorUsageError(
      `${source}=${text} is not an address; write it with its scheme, e.g. https://preview.example.com.`,
    );
  return url;
}

async function readCa(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new DoctorUsageError(`--ca ${file} cannot be read (${error.code}).`);
  });
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new DoctorUsageError(`--ca ${file} holds no certificate in PEM form.`);
}

function orUsage<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new DoctorUsageError((error as Error).message);
  }
}
