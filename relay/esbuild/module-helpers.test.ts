import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { withoutCopies } from './module-helpers.ts';

const forms = [{ minifyWhitespace: true, minifySyntax: true }, {}];

async function run(source: string, form: object, modules: Record<string, unknown> = {}) {
  const { code } = await transform(source, { format: 'cjs', target: 'es2022', ...form });
  const module = { exports: {} as Record<string, unknown> };
  const changed = withoutCopies(code);
  expect(changed.split('\n')).toHaveLength(code.split('\n').length);
  new Function('module', 'exports', 'require', changed)(
    module,
    module.exports,
    (name: string) => modules[name],
  );
  return { exports: module.exports, changed };
}

describe.each(forms)('with %o', (form) => {
  it('exports live, under the names and nothing else', async () => {
    const { exports, changed } = await run('export let n = 1; export const next = () => { n += 1; };', form);
    expect(Object.keys(exports)).toEqual(['n', 'next']);
    expect(exports.__esModule).toBe(true);
    (exports.next as () => void)();
    expect(exports.n).toBe(2);
    expect(changed).not.toMatch(/__toCommonJS\d*\s?=[^;]*__copyProps/);
  });

  it('takes a module that has a name of that kind already', async () => {
    const { exports } = await run('export const __esModule = true; export default 1;', form);
    expect(exports).toMatchObject({ __esModule: true, default: 1 });
  });

  it('hands on an ES module as it is', async () => {
    const library = Object.defineProperty({ default: 'whole', part: 'part' }, '__esModule', { value: true });
    const source = 'import * as all from "m"; import whole, { part } from "m"; export { all, whole, part };';
    const { exports } = await run(source, form, { m: library });
    expect(exports).toMatchObject({ whole: 'whole', part: 'part' });
    expect(exports.all).toBe(library);
  });

  it('gives other modules a default, and lets what is no object pass', async () => {
    const source = 'import * as all from "m"; import whole from "m"; export { all, whole };';
    const library = { part: 1 };
    const { exports } = await run(source, form, { m: library });
    expect(exports.whole).toBe(library);
    expect(exports.all).toMatchObject({ default: library, part: 1 });
    for (const m of [undefined, null, 5, 'text'])
      expect((await run(source, form, { m })).exports.whole).toBe(m);
  });
});
