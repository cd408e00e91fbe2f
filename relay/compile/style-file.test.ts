import { expect, it } from 'vitest';
import { runArtifact } from './artifact-runner.ts';
import { ArtifactCompiler } from './compile-artifact.ts';

const options = { react: 'automatic', refresh: false } as const;

async function compileStyles(files: Record<string, string>) {
  const { files: compiled, ...rest } = await new ArtifactCompiler().compile(
    { '/index.ts': "import './a.css'", ...files },
    options,
  );
  return { ...rest, sheet: compiled['/a.css'] };
}

it('keeps a plain stylesheet as it is', async () => {
  const text = '@tailwind base;\n.a { color: rgb(1 2 3 / 4%) } /* é */';
  const { sheet } = await compileStyles({ '/a.css': text });
  expect(sheet).toMatchObject({ style: text, imports: [], mappings: '' });
});

it('puts imported stylesheets in place and leaves those of packages to the caller', async () => {
  const { sheet, bare, problems } = await compileStyles({
    '/a.css':
      "@import 'pkg/x.css'; @import '~other/y.css'; @import url('https://a.test/font.css'); @import './b'; @import 'c.css' screen; .a { color: red }",
    '/b.css': ".b { background: url('./img/x.png') }",
    '/c.css':
      '.c { fill: url(#gradient); background: url("data:image/png;base64,AA=="), url(https://a.test/x.png), url(/logo.svg) }',
    '/img/x.png': 'data:image/png;base64,BB==',
    '/public/logo.svg': '<svg/>',
  });
  expect(problems).toEqual([]);
  expect(bare).toEqual(['other/y.css', 'pkg/x.css']);
  expect(sheet?.imports).toEqual(['pkg/x.css', 'other/y.css']);
  const style = sheet?.style ?? '';
  expect(style).not.toContain('pkg/x.css');
  expect(style).toContain('https://a.test/font.css');
  expect(style).toContain('data:image/png;base64,BB==');
  expect(style).toContain('url(#gradient)');
  expect(style).toContain('data:image/svg+xml;base64,');
  expect(style).toContain('@media screen{.c');
  expect(style.indexOf('.b')).toBeLessThan(style.indexOf('.a'));
});

it('says which stylesheet imports what is not there', async () => {
  const { problems } = await compileStyles({
    '/a.css': "@import './b.css';",
    '/b.css': "\n @import './gone.css';",
  });
  expect(problems).toEqual([
    {
      message: "Could not find module './gone.css' relative to '/b.css'",
      path: '/b.css',
      line: 2,
      column: 9,
    },
  ]);
});

it('compiles again what an imported stylesheet changes', async () => {
  const compiler = new ArtifactCompiler();
  const files = { '/index.ts': "import './a.css'", '/a.css': "@import './b.css';", '/b.css': '.b{}' };
  const first = await compiler.compile(files, options);
  const second = await compiler.compile({ ...files, '/b.css': '.c{}' }, options);
  expect(second.files['/a.css']?.style).toContain('.c');
  expect(second.files['/a.css']?.hash).not.toBe(first.files['/a.css']?.hash);
});

it("gives a CSS module's classes names of their own", async () => {
  const files = {
    '/index.ts':
      "import a, { wide } from './a/x.module.css'; import b from './b/x.module.css'; export { a, b, wide };",
    '/a/x.module.css': '.button { color: red } .wide { composes: base from "../base.module.css"; }',
    '/b/x.module.css': '.button { color: blue } :global(.plain) { color: red }',
    '/base.module.css': '.base { margin: 0 }',
  };
  const { a, b, wide } = (await runArtifact(files)) as Record<'a' | 'b', Record<string, string>> & {
    wide: string;
  };
  expect(a.button).toMatch(/button/);
  expect(a.button).not.toBe(b.button);
  expect(wide).toBe(a.wide);
  expect(wide.split(' ')).toHaveLength(2);
  const { files: compiled } = await new ArtifactCompiler().compile(files, options);
  expect(compiled['/a/x.module.css']?.style).toContain(`.${a.button}`);
  expect(compiled['/b/x.module.css']?.style).toContain('.plain');
});
