#!/usr/bin/env node
// `npm run smoke`: a real browser shows a React and an HTML artifact through the deployment's public addresses.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'dotenv';
import { findBrowser } from '../../scripts/browser.mjs';
import { type Flag, UsageError } from '../flags.ts';
import { smoke } from '../smoke/smoke.ts';
import { commandHelp, readCommandLine, runCommand } from './command-line.ts';

const flags: Record<string, Flag> = {
  url: {
    type: 'string',
    form: 'address',
    help: 'The relay as browsers reach it, e.g. https://preview.example.com. Default: from relay.env.',
  },
  embedder: {
    type: 'string',
    form: 'origin',
    help: 'LibreChat as browsers reach it, e.g. https://librechat.example.com. Default: the first of EMBED_ORIGINS in relay.env.',
  },
  out: { type: 'string', form: 'folder', help: 'Where screenshots go. Default: smoke.' },
  browser: {
    type: 'string',
    form: 'file',
    help: 'Chromium or Chrome. Default: CHROMIUM_PATH, or one that is installed.',
  },
  resolve: {
    type: 'string',
    form: 'rules',
    help: 'DNS as the browser should see it, as Chromium’s host-resolver rules, e.g. "MAP *.example.com 192.0.2.7".',
  },
  insecure: { type: 'boolean', help: 'Do not check certificates.' },
  timeout: { type: 'string', form: 'seconds', help: 'How long one artifact may take. Default: 60.' },
  json: { type: 'boolean', help: 'Print the report as JSON.' },
  help: { type: 'boolean', help: 'Show this help.' },
};

const usage = `
Usage: npm run smoke -- --url https://preview.example.com --embedder https://librechat.example.com

Opens a page at LibreChat’s address (without its login: the page is this kit’s, LibreChat’s frame policy stays in force) that
shows a React and an HTML artifact with the real Sandpack client, presses a button in each, and saves screenshots. Fails when
an artifact is not shown, or when a page asks any host but these two.`;

await runCommand('smoke', async () => {
  const { positionals, values } = readCommandLine(process.argv.slice(2), flags, process.env);
  if (positionals.length > 0) throw new UsageError(`“${positionals[0]}” is not understood.`);
  if (values.help) process.stdout.write(commandHelp(usage, flags));
  if (values.help) return 0;
  const deployed = existsSync('relay.env') ? parse(readFileSync('relay.env')) : {};
  const previewUrl = readOrigin(
    'url',
    values.url ?? (deployed.PREVIEW_HOSTNAME ? `https://${deployed.PREVIEW_HOSTNAME}` : undefined),
  );
  const embedder = readOrigin('embedder', values.embedder ?? deployed.EMBED_ORIGINS?.split(/[\s,]+/)[0]);
  const browserPath = typeof values.browser === 'string' ? values.browser : findBrowser();
  if (!browserPath || !existsSync(browserPath))
    throw new UsageError(
      `No browser${browserPath ? ` at ${browserPath}` : ' was found'}: install Chromium, or name one with --browser.`,
    );
  const seconds = Number(values.timeout ?? 60);
  if (!(seconds > 0 && seconds <= 600))
    throw new UsageError(`--timeout ${values.timeout} must be 1 to 600 seconds.`);
  const tell = (line: string) => process[values.json ? 'stderr' : 'stdout'].write(`${line}\n`);
  tell(`Previews at ${previewUrl}, embedded by ${embedder}`);
  const report = await smoke(
    {
      previewUrl,
      embedder,
      browserPath,
      playgroundDir: fileURLToPath(new URL('../../playground', import.meta.url)),
      outDir: resolve(typeof values.out === 'string' ? values.out : 'smoke'),
      resolverRules: typeof values.resolve === 'string' ? values.resolve : '',
      insecure: values.insecure === true,
      timeoutMs: seconds * 1000,
    },
    ({ ok, artifact, detail, renderMs, screenshot }) =>
      tell(
        `  ${ok ? '✓' : '✗'} ${artifact}${ok ? ` rendered in ${renderMs} ms` : ''}: ${detail}  → ${screenshot}`,
      ),
  );
  for (const note of report.notes) tell(`  ! ${note}`);
  for (const host of report.foreignHosts)
    tell(`  ✗ The pages asked ${host} for something, which is not part of the deployment.`);
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  tell(report.ok ? 'Previews work.' : 'Previews do not work. `npm run doctor` looks for the reason.');
  return report.ok ? 0 : 1;
});

function readOrigin(flag: string, value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw new UsageError(`--${flag} is missing, and no relay.env in this folder names it.`);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/')
    throw new UsageError(`--${flag} ${value}: write scheme://host[:port] without a path.`);
  return url.origin;
}
