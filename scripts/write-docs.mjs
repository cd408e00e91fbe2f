// Writes the tables of the reference documentation from the tables in the code: `node scripts/write-docs.mjs`.
// Text outside the markers is written by hand and stays as it is. The parity test compares files with renderDocs().
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { raw } from './raw-texts.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What to run when the docs and the code disagree. */
export const command = 'node scripts/write-docs.mjs';

/** Loads one of the relay's modules. The bundle lies below node_modules, so that it finds the packages that it leaves outside. */
async function load(path) {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'write-docs-'));
  try {
    const outfile = join(folder, 'module.mjs');
    await build({
      entryPoints: [join(root, path)],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      plugins: [raw],
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A cell: one line, no column break, nothing that would pass for an HTML element. In code, a backslash would be shown. */
const cell = (text) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\|/g, '\\|')
    .replace(/(`[^`]*`)|</g, (_match, inCode) => inCode ?? '\\<');
const code = (text) => `\`${text.replace(/\|/g, '\\|')}\``;
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** Names of the values that messages are built from, in place of the values. */
const facts = {
  packageName: '‹package›',
  version: '‹version›',
  range: '‹range›',
  newest: '‹newest›',
  path: '‹path›',
  limit: '‹limit›',
  requiredBy: '‹package that asks›',
  setting: '‹setting›',
  address: '‹address›',
  rule: '‹rule›',
  reason: '‹reason›',
  instead: '‹what to use instead›',
};

function settingsTable({ settings }) {
  const rows = Object.values(settings).map(({ env, flag, form, fallback, help }) => [
    code(env),
    code(`--${flag}`),
    fallback ? code(fallback) : 'none',
    code(form),
    cell(help),
  ]);
  return table(['Variable', 'Flag', 'Default', 'Form', 'Meaning'], rows);
}

function errorsTable({ errorTable }) {
  const rows = Object.entries(errorTable).map(([name, { status, title, message, remedy }]) => [
    code(name),
    String(status),
    cell(title),
    cell(message('‹value›')),
    cell(remedy),
  ]);
  return table(['Code', 'Status', 'Title', 'Message', 'Remedy'], rows);
}

function packageErrorsTable({ packageErrorTable }) {
  const rows = Object.entries(packageErrorTable).map(([name, { status, message, remedy }]) => [
    code(name),
    String(status),
    cell(message(facts)),
    cell(remedy),
  ]);
  return table(['Code', 'Status', 'Message', 'Remedy'], rows);
}

function troubleTable({ troubleNotices }) {
  const rows = Object.values(troubleNotices).map(({ title, message, remedy }) => [
    cell(title),
    cell(message),
    cell(remedy),
  ]);
  return table(['Title', 'Message', 'Remedy'], rows);
}

/** Defaults as they are with nginx on the host and the first provider; those that follow other answers say so themselves. */
function answersTable({ questions, formOf }) {
  const rows = Object.values(questions).map((question) => {
    const { flag, fallback, help } = question;
    const text = fallback({ edge: 'host', dns: 'cloudflare' });
    return [code(`--${flag}`), code(formOf(question)), text ? code(text) : 'none', cell(help)];
  });
  return table(['Flag', 'Form', 'Default', 'Meaning'], rows);
}

function checksTable({ checks }) {
  const rows = checks.map(({ id, group, looksAt, fix }) => [code(id), group, cell(looksAt), cell(fix)]);
  return table(['Check', 'Group', 'What it looks at', 'How to fix it'], rows);
}

function providersTable({ dnsProviders }) {
  const rows = Object.entries(dnsProviders).map(
    ([name, { label, debianPackage, image, credentialsFile }]) => [
      code(name),
      cell(label),
      ...[debianPackage, image, credentialsFile && `deploy/certbot/${credentialsFile}`].map((text) =>
        text ? code(text) : '–',
      ),
    ],
  );
  return table(['`--dns`', 'Provider', 'Debian package', 'Image', 'Credentials'], rows);
}

function builtinsTable({ describeBuiltins }) {
  return table(
    ['module', 'in its place', 'what works'],
    describeBuiltins().map(({ name, replacement, remark }) => [
      code(name),
      replacement === null ? '–' : code(replacement.split('/')[0]),
      cell(remark),
    ]),
  );
}

function hostsList({ mirroredHosts }) {
  return `${mirroredHosts.map(code).join(', ')}.`;
}

/** File → marker → what stands between `<!-- generated: marker -->` and `<!-- end: marker -->`. */
const plan = {
  'docs/configuration.md': { settings: ['relay/config.ts', settingsTable] },
  'docs/errors.md': {
    errors: ['relay/http/errors.ts', errorsTable],
    'package-errors': ['relay/packages/base/package-error.ts', packageErrorsTable],
    'worker-troubles': ['relay/browser/static/worker-trouble.ts', troubleTable],
  },
  'docs/node-modules.md': { builtins: ['relay/packages/sources/node-builtins.ts', builtinsTable] },
  'docs/cdn-mirror.md': { hosts: ['relay/packages/cdn/dialects.ts', hostsList] },
  'docs/deployment/certificates.md': { providers: ['relay/deploy/dns-providers.ts', providersTable] },
  'docs/deployment/doctor.md': { checks: ['relay/doctor/checks.ts', checksTable] },
  'docs/deployment/setup.md': { answers: ['relay/deploy/answers.ts', answersTable] },
};

/** @returns the files as they should be, by path from the repository's root */
export async function renderDocs() {
  const rendered = {};
  for (const [file, sections] of Object.entries(plan)) {
    let text = await readFile(join(root, file), 'utf8');
    for (const [marker, [source, render]] of Object.entries(sections)) {
      const start = `<!-- generated: ${marker} -->`;
      const end = `<!-- end: ${marker} -->`;
      const [from, to] = [text.indexOf(start), text.indexOf(end)];
      if (from < 0 || to < from) throw new Error(`${file} lacks the markers ${start} and ${end}.`);
      text = `${text.slice(0, from + start.length)}\n\n${render(await load(source))}\n\n${text.slice(to)}`;
    }
    rendered[file] = text;
  }
  return rendered;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  for (const [file, text] of Object.entries(await renderDocs())) {
    const before = await readFile(join(root, file), 'utf8');
    if (before !== text) await writeFile(join(root, file), text);
    console.log(`${file}: ${before === text ? 'unchanged' : 'written'}`);
  }
}
