// Google Fonts over HTTP: stylesheets and font files, from packages of Fontsource.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packages } from './module-and-font-packages.ts';
import { sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ packages });
});
afterAll(() => relay?.close());

const at = (address: string) => relay.ask(`/-/cdn/fonts.googleapis.com${address}`);
/** The descriptors of each face. */
const facesOf = (sheet: string): Record<string, string>[] =>
  [...sheet.matchAll(/@font-face \{([^}]*)\}/g)].map(([, body = '']) =>
    Object.fromEntries(
      body
        .split(';\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    ),
  );
const file = (name: string, form = 'static', id = 'plain-sans') =>
  `url(https://fonts.gstatic.com/s/${form}/${id}@5.0.0/${name}.woff2) format('woff2')`;
const codeOf = (text: string): string => JSON.parse(text).error.code;

describe('A stylesheet', () => {
  it('has the subsets of a weight, each with its range', async () => {
    const { status, headers, text } = await at('/css2?family=Plain+Sans&display=swap');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      ...sharedHeaders,
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    });
    const common = { 'font-family': "'Plain Sans'", 'font-style': 'normal', 'font-weight': '400' };
    expect(facesOf(text)).toEqual([
      {
        ...common,
        'font-display': 'swap',
        src: file('plain-sans-greek-400-normal'),
        'unicode-range': 'U+0370-03FF',
      },
      {
        ...common,
        'font-display': 'swap',
        src: file('plain-sans-latin-400-normal'),
        'unicode-range': 'U+0000-00FF',
      },
    ]);
  });

  it('names the kit, and not the CDN, to documents that no service worker answers for', async () => {
    const sheet = '/css2?family=Plain+Sans&display=swap';
    const { text } = await relay.ask(`/-/inner/fonts.googleapis.com${sheet}`);
    expect(text).toBe(
      (await at(sheet)).text.replaceAll('https://fonts.gstatic.com/', '/-/inner/fonts.gstatic.com/'),
    );
    const font = /url\(([^)]+latin[^)]+)\)/.exec(text)?.[1] ?? '';
    expect(await relay.ask(font)).toMatchObject({ status: 200, headers: { 'content-type': 'font/woff2' } });
  });

  it.each([
    ['/css2?family=Plain+Sans:ital,wght@0,700;1,400', ['normal 700', 'italic 400']],
    ['/css?family=Plain+Sans:700,400italic', ['normal 700', 'italic 400']],
    ['/css?family=Plain+Sans:700,900', ['normal 700']],
    ['/css2?family=Plain+Sans:wght@100..900', ['normal 400', 'normal 400', 'normal 700']],
    ['/css2?family=Wide+Sans:wght@200..800', ['normal 200 800']],
    ['/css2?family=Wide+Sans:wght@450', ['normal 450']],
  ])('for %s has %j', async (address, styles) => {
    const faces = facesOf((await at(address)).text);
    expect(faces.map((face) => `${face['font-style']} ${face['font-weight']}`)).toEqual(styles);
  });

  it('takes the smallest file that has the axes', async () => {
    const [wide] = facesOf((await at('/css2?family=Wide+Sans:wdth,wght@50..100,100..900')).text);
    expect(wide).toMatchObject({
      'font-stretch': '50% 100%',
      src: file('wide-sans-latin-wdth-normal', 'variable', 'wide-sans'),
    });
    const [plain] = facesOf((await at('/css2?family=Wide+Sans:wght@100..900')).text);
    expect(plain).toMatchObject({ src: file('wide-sans-latin-wght-normal', 'variable', 'wide-sans') });
  });

  it('has no font-display unless it is asked for, nor one that is none', async () => {
    for (const display of ['', '&display=', '&display=x;}b{'])
      expect((await at(`/css2?family=Wide+Sans${display}`)).text).not.toMatch(/font-display|b\{/);
  });

  it('leaves out a family that is not there, and says so', async () => {
    const { status, text } = await at('/css?family=Plain+Sans|No+Such+Sans');
    expect(status).toBe(200);
    expect(text).toMatch(/^\/\* No Such Sans: not to be had/);
    expect(facesOf(text)).toHaveLength(2);
  });

  it.each([
    ['/css2?family=No+Such+Sans', 'FONT_NOT_FOUND'],
    ['/css2?family=Plain+Sans:wght@900', 'FONT_NOT_FOUND'],
    ['/css2', 'PAGE_NOT_FOUND'],
    ['/', 'PAGE_NOT_FOUND'],
  ])('is not there for %s', async (address, code) => {
    const { status, text } = await at(address);
    expect({ status, code: codeOf(text) }).toEqual({ status: 404, code });
  });
});

describe('Icons', () => {
  it('come with their class', async () => {
    const { text } = await at('/icon?family=Material+Symbols+Outlined');
    expect(facesOf(text)).toMatchObject([
      {
        'font-family': "'Material Symbols Outlined'",
        src: file('material-symbols-outlined-latin-400-normal', 'static', 'material-symbols-outlined'),
      },
    ]);
    expect(text).toContain(".material-symbols-outlined {\n  font-family: 'Material Symbols Outlined';");
    expect(text).not.toContain('font-variation-settings');
  });

  it.each([
    ['opsz,wght,FILL@24,400,0', 'static', "'opsz' 24, 'FILL' 0"],
    ['opsz,wght,FILL@24,400,1', 'variable', "'opsz' 24, 'FILL' 1"],
    ['opsz,wght,FILL@20..48,100..700,0..1', 'variable', undefined],
  ])('with axes %s are %s', async (axes, form, settings) => {
    const { text } = await at(`/css2?family=Material+Symbols+Outlined:${axes}`);
    expect(facesOf(text)[0]?.src).toContain(`https://fonts.gstatic.com/s/${form}/`);
    expect(/font-variation-settings: (.*);/.exec(text)?.[1]).toBe(settings);
  });
});

describe('A font file', () => {
  const files = '/-/cdn/fonts.gstatic.com/s';

  it('is the package’s, for ever', async () => {
    const { status, headers, text } = await relay.ask(
      `${files}/static/plain-sans@5.0.0/plain-sans-latin-400-normal.woff2`,
    );
    expect({ status, text }).toEqual({ status: 200, text: 'woff2 of 400' });
    expect(headers).toMatchObject({
      ...sharedHeaders,
      'content-type': 'font/woff2',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const variable = `${files}/variable/wide-sans@5.0.0/wide-sans-latin-wght-normal.woff2`;
    expect((await relay.ask(variable)).text).toBe('woff2 of wght');
  });

  it.each([
    ['/roboto/v30/KFOmCnqEu92Fr1Mu4mxK.woff2', 'NOT_ON_NPM'],
    ['/static/plain-sans@5.0.0/absent.woff2', 'FILE_NOT_FOUND'],
    ['/static/plain-sans@5.0.0/../metadata.json', 'NOT_ON_NPM'],
    ['/static/no-such-sans@5.0.0/x.woff2', 'PACKAGE_NOT_FOUND'],
  ])('%s is 404', async (path, code) => {
    const { status, text } = await relay.ask(files + path);
    expect({ status, code: codeOf(text) }).toEqual({ status: 404, code });
  });
});
