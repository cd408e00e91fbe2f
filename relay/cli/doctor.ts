#!/usr/bin/env node
// `npm run doctor`: finds what is wrong with a deployment, and says how to fix it. The only part that reads arguments and the
// environment; what is looked at is the table in relay/doctor/checks.ts.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checks } from '../doctor/checks.ts';
import { type DoctorOptions, DoctorUsageError, examine, usualTimeoutMs } from '../doctor/doctor.ts';
import { formatReport } from '../doctor/report.ts';
import { type Flag, helpRows, parseFlags, UsageError } from '../flags.ts';
import { runCommand } from './command-line.ts';

const flags = {
  url: {
    type: 'string',
    form: 'address',
    help: 'Address of previews, e.g. https://preview.example.com. Default: https://<PREVIEW_HOSTNAME> of relay.env.',
  },
  embedder: {
    type: 'string',
    form: 'address',
    help: 'LibreChat’s address, e.g. https://librechat.example.com. Default: DOMAIN_CLIENT of librechat.env, else EMBED_ORIGINS.',
  },
  json: { type: 'boolean', help: 'Print one JSON document: {ok, url, checkedAt, findings}.' },
  'librechat-env': { type: 'string', form: 'file', help: 'LibreChat’s variables. Default: librechat.env.' },
  'relay-env': { type: 'string', form: 'file', help: 'The relay’s settings. Default: relay.env.' },
  relay: {
    type: 'string',
    form: 'address',
    help: 'Where the relay itself listens. Default: http://127.0.0.1 with the port of .env or relay.env, else 1580.',
  },
  'nginx-conf': {
    type: 'string',
    form: 'file',
    help: 'nginx’s configuration. Default: what `nginx -T` says, else deploy/nginx/preview-kit.conf.',
  },
  resolve: {
    type: 'string',
    multiple: true,
    form: 'name=address[:port]',
    help: 'Use this address for a name, or for all below *.example.com; may be given several times.',
  },
  dns: { type: 'string', form: 'server[:port]', help: 'Ask this DNS server, e.g. 9.9.9.9.' },
  ca: {
    type: 'string',
    form: 'file',
    help: 'Certificate (PEM) of an authority of your own that users’ browsers trust.',
  },
  timeout: {
    type: 'string',
    form: 'seconds',
    help: `How long a check may take. Default: ${usualTimeoutMs / 1000}.`,
  },
  'no-browser': { type: 'boolean', help: 'Do not start a browser.' },
  list: { type: 'boolean', help: 'List the checks, and look at nothing.' },
  help: { type: 'boolean', help: 'Show this help.' },
} satisfies Record<string, Flag>;

const usage = `Usage: npm run doctor -- [flags]

Looks at a deployment from outside, as browsers do, and from inside where it can: in the folder with relay.env and librechat.env it
needs no flags. Exit code: 0 healthy, 1 something failed, 2 wrong usage.`;

/** The folder with package.json, above dist/relay/cli/. */
const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

await runCommand('doctor', async () => {
  try {
    return await run(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof DoctorUsageError || error instanceof UsageError)) throw error;
    process.stderr.write(`doctor: ${error.message}\nSee npm run doctor -- --help.\n`);
    return 2;
  }
});

async function run(args: string[]): Promise<number> {
  const { values, options } = readArguments(args);
  if (values.help) {
    process.stdout.write(helpText());
    return 0;
  }
  if (values.list) {
    const width = Math.max(...checks.map(({ id }) => id.length));
    for (const { id, looksAt } of checks) process.stdout.write(`${id.padEnd(width)}  ${looksAt}\n`);
    return 0;
  }
  const startedAt = performance.now();
  const waiting = values.json || !process.stderr.isTTY ? () => {} : showWaiting();
  const { subject, ...report } = await examine(options).finally(waiting);
  const { embedder, url } = subject;
  const heading = `${url.origin}${embedder ? `, in pages of ${embedder.origin}` : ''}`;
  process.stdout.write(
    values.json
      ? `${JSON.stringify(report, null, 2)}\n`
      : `${formatReport(report, checks, {
          heading,
          color: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
          width: process.stdout.columns ?? 100,
          ms: performance.now() - startedAt,
        })}\n`,
  );
  return report.ok ? 0 : 1;
}

/** @throws DoctorUsageError or UsageError */
function readArguments(args: string[]) {
  const { values } = parseFlags(args, flags);
  const timeoutMs = values.timeout === undefined ? undefined : Number(values.timeout) * 1000;
  if (timeoutMs !== undefined && !(timeoutMs >= 1000 && timeoutMs <= 600_000))
    throw new DoctorUsageError(`--timeout=${values.timeout} is not a number of seconds from 1 to 600.`);
  const options: DoctorOptions = {
    url: values.url,
    embedder: values.embedder,
    librechatEnv: values['librechat-env'],
    relayEnv: values['relay-env'],
    relay: values.relay,
    resolve: values.resolve,
    dns: values.dns,
    ca: values.ca,
    nginxConf: values['nginx-conf'],
    timeoutMs,
    browser: !values['no-browser'],
    folder: process.cwd(),
    env: process.env,
    checkout,
  };
  return { values, options };
}

function helpText(): string {
  return `${usage}\n\n${helpRows(flags)}\n`;
}

/** One line on a terminal while the checks run. @returns what removes it */
function showWaiting(): () => void {
  process.stderr.write('Looking …');
  return () => process.stderr.write('\r\u001b[2K');
}
