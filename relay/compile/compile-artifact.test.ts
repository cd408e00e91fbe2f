import { expect, it } from 'vitest';
import { ArtifactCompiler } from './compile-artifact.ts';

const options = { react: 'automatic', refresh: true } as const;

it('compiles what the entry reaches, and names the packages', async () => {
  const artifact = await new ArtifactCompiler().compile(
    {
      '/index.tsx':
        "import { createRoot } from 'react-dom/client'; import App from './App'; createRoot(null!).render(<App />);",
      '/App.tsx':
        "import 'https://a.test/x.js'; const Later = () => import('./Later'); export default function App() { return Later && new Worker(new URL('./work.ts', import.meta.url)) && <p /> }",
      '/Later.tsx': "import z from 'zod'; export default z;",
      '/work.ts': 'postMessage(1);',
      '/unused.tsx': 'export const = broken',
    },
    options,
  );
  expect(artifact).toMatchObject({
    entry: '/index.tsx',
    bare: ['react-dom/client', 'react/jsx-runtime', 'zod'],
    problems: [],
  });
  expect(Object.keys(artifact.files)).toEqual(['/App.tsx', '/Later.tsx', '/index.tsx', '/work.ts']);
  expect(artifact.files['/App.tsx']?.targets).toEqual({
    'https://a.test/x.js': { url: 'https://a.test/x.js' },
    './Later': { file: '/Later.tsx' },
    './work.ts': { file: '/work.ts' },
  });
});

it('says of a later import that leads nowhere when it is asked for', async () => {
  const { files, problems } = await new ArtifactCompiler().compile(
    { '/index.js': "import('./gone')" },
    options,
  );
  expect(problems).toEqual([]);
  expect(files['/index.js']?.targets).toEqual({
    './gone': { missing: "Could not find module './gone' relative to '/index.js'" },
  });
});

it('gives an unchanged file the same hash, and compiles it once', async () => {
  const compiler = new ArtifactCompiler();
  const files = {
    '/index.ts': "import './a'; import './b';",
    '/a.ts': 'export const a = 1;',
    '/b.ts': 'export const b = 1;',
  };
  const [first, same] = await Promise.all([
    compiler.compile(files, options),
    compiler.compile(files, options),
  ]);
  expect(same).toEqual(first);
  const edited = await compiler.compile({ ...files, '/b.ts': 'export const b = 2;' }, options);
  expect(edited.files['/a.ts']?.hash).toBe(first.files['/a.ts']?.hash);
  expect(edited.files['/b.ts']?.hash).not.toBe(first.files['/b.ts']?.hash);
  const plain = await compiler.compile(files, { react: 'classic', refresh: false });
  expect(plain.files['/a.ts']?.hash).not.toBe(first.files['/a.ts']?.hash);
});

it('compiles the rest when a file has a problem', async () => {
  const { files, problems } = await new ArtifactCompiler().compile(
    { '/index.ts': "import './a'; import './b';", '/a.ts': 'const = 1', '/b.ts': '' },
    options,
  );
  expect(Object.keys(files)).toEqual(['/b.ts', '/index.ts']);
  expect(problems).toMatchObject([{ path: '/a.ts', line: 1, column: 6 }]);
});

it('refuses what is too large, and what has no entry', async () => {
  const compiler = new ArtifactCompiler();
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`/${index}.ts`, '']));
  expect((await compiler.compile(many, options)).problems).toMatchObject([
    { message: expect.stringContaining('2001 files') },
  ]);
  const large = { '/index.ts': 'é'.repeat(5 * 1024 * 1024) };
  expect((await compiler.compile(large, options)).problems).toHaveLength(1);
  expect((await compiler.compile({ '/App.tsx': '' }, options)).problems).toMatchObject([
    { path: '/package.json' },
  ]);
});
