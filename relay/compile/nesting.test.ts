import { expect, it } from 'vitest';
import { ArtifactCompiler } from './compile-artifact.ts';
import { refuseNesting } from './nesting.ts';

const n = 100_000;

it.each([
  ['brackets', '('.repeat(n)],
  ['blocks', '{'.repeat(n)],
  ['tags', '<a>'.repeat(n)],
  ['functions', '() => '.repeat(n)],
  ['branches', 'if (a) '.repeat(n)],
  ['operators', `${'!'.repeat(n)}a`],
  ['members', `a${'.a'.repeat(n)}`],
  ['assignments', `${'a = '.repeat(n)}1`],
])('refuses endless %s', async (_, source) => {
  const { problems } = await new ArtifactCompiler().compile(
    { '/index.tsx': source },
    { react: 'automatic', refresh: false },
  );
  expect(problems).toMatchObject([{ message: 'The code is nested too deeply for a preview.' }]);
});

it('refuses endless blocks in a stylesheet that another one imports', async () => {
  const { problems } = await new ArtifactCompiler().compile(
    { '/index.ts': "import './a.css'", '/a.css': "@import './b.css'", '/b.css': 'a{'.repeat(n) },
    { react: 'automatic', refresh: false },
  );
  expect(problems).toMatchObject([{ message: 'The code is nested too deeply for a preview.' }]);
});

it('takes much code, and much data in it', () => {
  const image = `const image = "data:image/png;base64,${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldY+/'.repeat(20_000)}";`;
  expect(refuseNesting(image)).toBeUndefined();
  expect(refuseNesting('export const a = [{ b: [1, 2], c: (d) }];\n'.repeat(10_000))).toBeUndefined();
  expect(refuseNesting(' '.repeat(3_000_000))).toContain('too large');
});
