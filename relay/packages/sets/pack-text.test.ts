import { describe, expect, it } from 'vitest';
import { loadPacks, requireFromPacks } from '../../../test/packages/run-packs.ts';
import type { LinkedModule } from '../prebundle/linked-modules.ts';
import { failingModule, faultOf, writePack } from './pack-text.ts';

const node = { key: 'a', name: 'a', packageName: 'a', version: '1.0.0', dependencies: {} };
const code = (content: string, links: Record<string, string> = {}): LinkedModule => ({
  node,
  content,
  isCode: true,
  links,
});
const run = (...modules: LinkedModule[]) => {
  const contents = modules.map((module, index): [string, LinkedModule] => [
    `/node_modules/a/${index}.js`,
    module,
  ]);
  return requireFromPacks(loadPacks([String(writePack(contents).text)]))('/node_modules/a/0.js');
};

describe('A module in a pack', () => {
  it.each([
    ['ends with a comment', 'module.exports = 1; // end', 1],
    ['is strict', '"use strict";\nmodule.exports = (function () { return this === undefined; })();', true],
    ['is sloppy', 'module.exports = (function () { return this === undefined; })();', false],
    ['begins with a line for the shell', '#!/usr/bin/env node\nmodule.exports = 2;', 2],
    ['has what ends scripts and lines elsewhere', 'module.exports = "</script>\u2028";', '</script>\u2028'],
    ['is empty', '', {}],
  ])('that %s runs', (_, content, expected) => {
    expect(faultOf('/node_modules/a/0.js', code(content))).toBeUndefined();
    expect(run(code(content))).toEqual(expected);
  });

  it('requires others by their links', () => {
    expect(
      run(code('module.exports = require("b");', { b: '/node_modules/a/1.js' }), code('exports.b = 1;')),
    ).toEqual({
      b: 1,
    });
  });

  it.each([
    ['is no code', 'let let = 1'],
    ['would end its function', '}, {}], "/node_modules/react/x.js": [function () {'],
    ['closes too much', 'a(); } b(); {'],
    ['is an ES module', 'import "x";'],
  ])('that %s says so when it is required, and leaves the others alone', (_, content) => {
    const path = '/node_modules/a/0.js';
    const fault = faultOf(path, code(content));
    expect(fault).toBeDefined();
    const failing = failingModule(path, code(content), String(fault));
    expect(() => run(failing, code('exports.fine = true;'))).toThrow(
      /^a@1\.0\.0 cannot be used in a preview: .+ \(\/node_modules\/a\/0\.js\)\.$/,
    );
  });

  it('is refused when it has to be compiled first, or is no JSON', () => {
    expect(faultOf('/node_modules/a/App.vue', { ...code('<template/>'), isCode: false })).toContain('.vue');
    expect(faultOf('/node_modules/a/x.json', { ...code('{'), isCode: false })).toContain('JSON');
  });
});
