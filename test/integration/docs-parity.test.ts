// Holds the documentation to the code: settings, errors, checks, headers, attacks, dependencies, LibreChat's variables, and links.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { troubleNotices } from '../../relay/browser/static/worker-trouble.ts';
import { settings } from '../../relay/config.ts';
import { checks } from '../../relay/doctor/checks.ts';
import { errorTable } from '../../relay/http/errors.ts';
import {
  noticeHeaders,
  previewHeaders,
  sharedFileHeaders,
  shellHeaders,
  workerHeaders,
} from '../../relay/http/headers.ts';
import { packageErrorTable } from '../../relay/packages/base/package-error.ts';
import { madeFolders } from '../../relay/packages/upkeep/store-entries.ts';
import { command, renderDocs } from '../../scripts/write-docs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
const rendered = await renderDocs();

/** First cells of the table rows between a pair of markers, or of all tables in a file. */
function firstCells(text: string, marker?: string): string[] {
  const part = marker
    ? text.slice(text.indexOf(`<!-- generated: ${marker} -->`), text.indexOf(`<!-- end: ${marker} -->`))
    : text;
  return [...part.matchAll(/^\| (.+?) \|/gm)]
    .map(([, first = '']) => first.replaceAll('`', ''))
    .filter((first) => !/^(-+|Variable|Code|Package|Title|Check)$/.test(first));
}

describe('generated tables', () => {
  it.each(Object.keys(rendered))('%s is what the code says', async (path) => {
    expect(await read(path), `${path} is out of date; run: ${command}`).toBe(rendered[path]);
  });

  it('has a row for every setting, with variable, flag, default, form and help', async () => {
    const text = await read('docs/configuration.md');
    expect(firstCells(text, 'settings')).toEqual(Object.values(settings).map(({ env }) => env));
    for (const { env, flag, form, fallback, help } of Object.values(settings)) {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${env}\` |`)) ?? '';
      const plain = row.replaceAll('\\', '');
      for (const part of [`--${flag}`, form, fallback, help]) expect(plain).toContain(part);
    }
  });

  it('has a row for every check of the doctor, in the order of the report', async () => {
    const rows = firstCells(await read('docs/deployment/doctor.md'), 'checks');
    expect(rows).toEqual(checks.map(({ id }) => id));
  });

  it.each([
    ['errors', Object.keys(errorTable)],
    ['package-errors', Object.keys(packageErrorTable)],
    ['worker-troubles', Object.values(troubleNotices).map(({ title }) => title)],
  ])('has a row for each of the %s and no other', async (marker, expected) => {
    expect(firstCells(await read('docs/errors.md'), marker)).toEqual(expected);
  });

  it('names no error code that the code does not have', async () => {
    const known = new Set([...Object.keys(errorTable), ...Object.keys(packageErrorTable)]);
    const inPages = [
      await read('relay/surfaces/fallback-page.ts'),
      await read('relay/browser/mirror/failure-response.ts'),
    ]
      .flatMap((source) => [...source.matchAll(/code: '([A-Z_]+)'/g)])
      .map(([, code = '']) => code);
    const named = firstCells(await read('docs/errors.md')).filter((cell) => /^[A-Z_]+$/.test(cell));
    expect(named.filter((code) => !known.has(code))).toEqual(inPages);
  });
});

describe('docs/configuration.md', () => {
  it('names each folder of what the relay makes', async () => {
    const named = firstCells(await read('docs/configuration.md'));
    expect(Object.values(madeFolders).filter((folder) => !named.includes(`${folder}/`))).toEqual([]);
  });
});

describe('docs/security.md', () => {
  it('says what each header is for, but those of every answer', async () => {
    const text = await read('docs/security.md');
    const section = text.slice(text.indexOf('\n## Headers'), text.indexOf('\n## What ISOLATION'));
    const sent = [
      shellHeaders([], '', []),
      previewHeaders([]),
      sharedFileHeaders,
      workerHeaders,
      noticeHeaders,
    ]
      .flatMap((headers) => Object.keys(headers))
      .filter((name) => name !== 'Content-Type' && name !== 'Cache-Control');
    expect([...new Set(sent)].filter((name) => !section.includes(`| \`${name}`))).toEqual([]);
  });

  it('has a row for each file of attacks', async () => {
    const files = (await readdir(join(root, 'test/attacks')))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `../test/attacks/${name}`);
    const linked = [...(await read('docs/security.md')).matchAll(/\]\((\.\.\/test\/attacks\/[^)]+)\)/g)];
    expect(linked.map(([, target]) => target).sort()).toEqual(files.sort());
  });
});

describe('docs/dependencies.md', () => {
  it('has one line with a reason for each direct dependency, and no other', async () => {
    const text = await read('docs/dependencies.md');
    const { dependencies, devDependencies } = JSON.parse(await read('package.json'));
    expect(text).not.toMatch(/\| (TODO)? *\|$/m);
    expect(firstCells(text).sort()).toEqual(
      [...Object.keys(dependencies), ...Object.keys(devDependencies)].sort(),
    );
  });
});

describe('librechat.env.example', () => {
  it('sets the variables that LibreChat and its search in files read, and no other', async () => {
    const names = [...(await read('librechat.env.example')).matchAll(/^#?([A-Z_]+)=/gm)].map(
      ([, name]) => name,
    );
    expect(names).toEqual([
      'SANDPACK_BUNDLER_URL',
      'SANDPACK_STATIC_BUNDLER_URL',
      'DOMAIN_CLIENT',
      'DOMAIN_SERVER',
      'TRUST_PROXY',
      'NO_INDEX',
      'JWT_SECRET',
      'JWT_REFRESH_SECRET',
      'CREDS_KEY',
      'CREDS_IV',
      'ALLOW_REGISTRATION',
      'ALLOW_EMAIL_LOGIN',
      'ALLOW_SOCIAL_LOGIN',
      'OPENAI_API_KEY',
      'ANTHROPIC_API_KEY',
      'GOOGLE_KEY',
      'EMBEDDINGS_PROVIDER',
      'RAG_OPENAI_API_KEY',
      'PREVIEW_KIT_TOKEN',
      'CSP_ENABLED',
      'CSP_REPORT_ONLY',
      'CSP_FRAME_SRC_EXTRA',
    ]);
  });
});

describe('the version', () => {
  it('is the same in package.json, the image and the Helm chart', async () => {
    const { version } = JSON.parse(await read('package.json'));
    expect(await read('compose/Dockerfile')).toContain(`ARG VERSION=${version}\n`);
    const chart = await read('charts/librechat-preview-kit/Chart.yaml');
    expect(chart).toMatch(new RegExp(`^version: ${version}\nappVersion: ${version}$`, 'm'));
  });
});

describe('continuous integration', () => {
  it('runs the same suites on GitHub as .ci/run, and npm test with every version of Node that is supported', async () => {
    const { jobs } = parse(await read('.github/workflows/ci.yml'));
    const steps = [...(await read('.ci/run')).matchAll(/^npm (?:run )?(\S+)$/gm)].map(([, step]) => step);
    const suites = jobs.suites.strategy.matrix.suite.map((suite: string) => `test:${suite}`);
    // There, test:node is the matrix of versions.
    expect(['test', 'test:node', ...suites, 'test:deploy']).toEqual(steps);
    expect(jobs.test.strategy.matrix.node).toEqual([20, 22, 24]);
  });

  it('and .nvmrc name the version of Node that the image runs', async () => {
    const [, major] = /^ARG NODE_IMAGE=node:(\d+)\./m.exec(await read('compose/Dockerfile')) ?? [];
    expect((await read('.nvmrc')).trim()).toBe(major);
    expect(await read('.github/workflows/ci.yml')).toContain(`container: node:${major}-`);
  });
});

describe('links', async () => {
  const skipped = /^(node_modules|dist|www|data|examples|\.git)(\/|$)/;
  const files = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => entry.name);
  for (const folder of ['docs', 'bench', 'compose', 'nginx', 'certbot', 'test', 'playground', 'relay'])
    for (const entry of await readdir(join(root, folder), { recursive: true }).catch(() => [] as string[]))
      if (entry.endsWith('.md') && !skipped.test(folder)) files.push(join(folder, entry));

  it.each(files)('of %s point to files and headings that exist', async (file) => {
    const text = (await read(file)).replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
    const targets = [
      ...text.matchAll(/\]\(([^)\s]+)\)/g),
      ...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g),
    ].map(([, target = '']) => target);
    const broken: string[] = [];
    for (const target of targets) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = '', heading] = target.split('#', 2);
      const absolute = path === '' ? join(root, file) : join(root, dirname(file), path);
      const inside = !relative(root, absolute).startsWith('..');
      if (!inside || !existsSync(absolute)) broken.push(target);
      else if (heading && !(await headings(absolute)).includes(heading)) broken.push(target);
    }
    expect(broken).toEqual([]);
  });
});

/** The anchors that GitHub makes of a file's headings. */
async function headings(file: string): Promise<string[]> {
  const text = (await readFile(file, 'utf8')).replace(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  );
}
