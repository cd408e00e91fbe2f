import { expect, it } from 'vitest';
import { runArtifact } from './artifact-runner.ts';
import { ArtifactCompiler } from './compile-artifact.ts';

function problemsOf(files: Record<string, string>) {
  return new ArtifactCompiler()
    .compile(files, { react: 'automatic', refresh: false })
    .then(({ problems }) => problems);
}

it('exports JSON as a whole and by name', async () => {
  const { all } = await runArtifact({
    '/index.ts':
      "import data, { b } from './a.json'; import list from './list'; export const all = [data, b, list, require('./a.json').b];",
    '/a.json': '\uFEFF{ "b": 1, "__proto__": 2 }',
    '/list.json': '[null]',
  });
  expect(all).toEqual([JSON.parse('{ "b": 1, "__proto__": 2 }'), 1, [null], 1]);
});

it('says where JSON is wrong', async () => {
  expect(await problemsOf({ '/index.ts': "import './a.json'", '/a.json': '{\n  "a": 1,\n  b\n}' })).toEqual([
    { message: expect.stringContaining('"b"'), path: '/a.json', line: 3, column: 2 },
  ]);
});

it('exports text, images and addresses', async () => {
  const { all } = await runArtifact({
    '/index.ts':
      "import md from './a.md'; import raw from './index.ts?raw'; import url from './a.md?url'; import png from './a.png'; import woff from './a.woff2'; export const all = [md, raw.slice(0, 6), url, png, woff];",
    '/a.md': '# é',
    '/a.png': 'data:image/png;base64,AA==\n',
    '/a.woff2': 'x',
  });
  const md = `data:text/markdown;base64,${Buffer.from('# é').toString('base64')}`;
  expect(all).toEqual(['# é', 'import', md, 'data:image/png;base64,AA==', 'data:font/woff2;base64,eA==']);
});

it('exports a drawing as an address and as a component', async () => {
  const svg =
    '<?xml version="1.0"?><svg class="a" stroke-width="2" viewBox="0 0 1 1" style="color:red"><path d="M0"/></svg>';
  const createElement = (type: string, props: unknown) => ({ type, props });
  const { all } = await runArtifact(
    {
      '/index.ts':
        "import url, { ReactComponent } from './a.svg'; export const all = [url, ReactComponent({ className: 'b' })];",
      '/a.svg': svg,
    },
    { packages: { react: { createElement } } },
  );
  expect(all).toEqual([
    `data:image/svg+xml;base64,${btoa(svg)}`,
    {
      type: 'svg',
      props: {
        className: 'b',
        strokeWidth: '2',
        viewBox: '0 0 1 1',
        dangerouslySetInnerHTML: { __html: '<path d="M0"/>' },
      },
    },
  ]);
});

it.each([
  ['a.scss', 'Sass is compiled by the bundler only.'],
  ['a.less', 'Less is compiled by the bundler only.'],
])('leaves %s to the bundler', async (name, message) => {
  expect(await problemsOf({ '/index.ts': `import './${name}'`, [`/${name}`]: '' })).toEqual([
    { message, path: `/${name}`, line: 1, column: 0, isForBundler: true },
  ]);
});

it('says that .vue is not supported', async () => {
  expect(await problemsOf({ '/index.ts': `import './a.vue'`, '/a.vue': '' })).toEqual([
    { message: 'Files of the type .vue cannot be imported in previews.', path: '/a.vue', line: 1, column: 0 },
  ]);
});
