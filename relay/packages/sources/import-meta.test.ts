// Members of `import.meta`, in code and in text.
import { expect, it } from 'vitest';
import { replaceImportMeta } from './import-meta.ts';

const members = { url: '"here"', env: '{"DEV":true}', hot: 'undefined' };

it.each([
  ['a(import.meta.url)', 'a(("here"))'],
  ['if (import.meta.env.DEV && import . meta . hot) a();', 'if (({"DEV":true}).DEV && (undefined)) a();'],
  ['a(import.meta?.env?.DEV)', 'a(({"DEV":true})?.DEV)'],
  ['a(import.meta.url); b("import.meta.env")', 'a(("here")); b("import.meta.env")'],
  [
    `a(\`\${import.meta.url} import.meta.url\`) // import.meta.url`,
    `a(\`\${("here")} import.meta.url\`) // import.meta.url`,
  ],
])('%s', async (source, expected) => {
  expect(await replaceImportMeta('a@1.0.0/a.js', source, members)).toBe(expected);
});

it.each([
  'export const text = "Use import.meta.url instead of __dirname.";',
  '/* import.meta.env */ export const re = /import.meta.url/;',
  'import.meta.urls; import.meta.url$; import.meta;',
])('leaves %s', async (source) => {
  expect(await replaceImportMeta('a@1.0.0/a.js', source, members)).toBeUndefined();
});

it('reads JSX', async () => {
  const source = `export const a = <p title={import.meta.url}>Don't say import.meta.url</p>;`;
  expect(await replaceImportMeta('a@1.0.0/a.js', source, members)).toMatch(
    /title: \("here"\).*"Don't say import\.meta\.url"/s,
  );
});
