// What CommonJS files of every form export, read without running them.
import { describe, expect, it } from 'vitest';
import { isOneValue, readCommonJs } from './commonjs-exports.ts';

const namesOf = (code: string) => readCommonJs(code)?.names.sort();

describe('Names', () => {
  it.each([
    ['{ a, b: c, "d": 1, \'e-f\': 2 }', ['a', 'b', 'd', 'e-f']],
    [
      '{ a: function (x, y) { return { no: 1, nope: [x, y] }; }, b: (p, q) => p, c(d, e) {}, get f() { return 1; } }',
      ['a', 'b', 'c', 'f'],
    ],
    [
      '{ ...{ z: 1 }, a: "}, b: 1", c: `}, d`, async *e() {}, f: g ? { h: 1 } : i, [j]: 1, __proto__: k }',
      ['a', 'c', 'e', 'f', 'z'],
    ],
    ['{ a: /[}"\']/, /* b: 1, */ c: 2 } // d', ['a', 'c']],
    ['{}', []],
  ])('are the keys of %s', (literal, keys) => {
    expect(namesOf(`module.exports = ${literal}; ({ after: 1 })`)).toEqual(keys);
  });

  it.each([
    ['const f = () => 1; f.a = 2; f.prototype.no = 3; module.exports = f;', ['a']],
    [
      'var all = { a: 1 }; all.b = 2; function other() { var all = { no: 1 }; all.nope = 2; } module.exports = all;',
      ['a', 'b'],
    ],
    ['class A { static make() {} other() {} } A.b = 1; module.exports = A;', ['b', 'make']],
    ['module.exports = exports = make; function make() {} exports.a = 1;', ['a']],
    ['var _ = Object.freeze({ a: 1 }); module.exports = Object.assign({ b: 1 }, _);', ['a', 'b']],
    ['module.exports = process.browser ? { a: 1 } : { b: 2 };', ['a', 'b']],
    ['const text = "module.exports = { no: 1 }"; module.exports = { a: text };', ['a']],
  ])('are members of the value: %s', (code, names) => {
    expect(namesOf(code)).toEqual(names);
  });

  it.each([
    [
      'UMD with exports',
      `(function (global, factory) { typeof exports === 'object' && typeof module !== 'undefined' ? factory(exports)
        : typeof define === 'function' && define.amd ? define(['exports'], factory) : factory(global.lib = {}); })(this, function (e) {
        function inner() { var e = {}; e.no = 1; } e.a = 1; Object.defineProperty(e, 'b', { value: 2 }); });`,
    ],
    [
      'UMD with a value',
      `(function (root, factory) { if (typeof define === 'function' && define.amd) define(factory);
        else if (typeof module === 'object' && module.exports) module.exports = factory(); else root.lib = factory(); })(this, function () {
        var lib = function () { return { no: 1 }; }, other = {}; other.no = 2; lib.a = 1; lib.b = 2; return lib; });`,
    ],
    [
      'variables in their place',
      `;(function () { var freeExports = typeof exports == 'object' && exports && !exports.nodeType && exports;
        var freeModule = freeExports && typeof module == 'object' && module; var make = function () { function lib() {} lib.a = 1; lib.b = 2; return lib; };
        var _ = make(); (freeModule.exports = _)._ = _; delete freeExports._; }).call(this);`,
    ],
    [
      'Parcel',
      `function $e(e, n, v) {} $e(module.exports, "a", () => a); $e(module.exports, "b", () => b); $e(other, "no", () => 1);`,
    ],
    [
      'webpack',
      `(() => { var r = { d: (t, o) => {} }, t = {}; r.d(t, { a: () => 1, b: () => 2 }); module.exports = t; })();`,
    ],
  ])('come through %s', (_, code) => {
    expect(namesOf(code)).toEqual(expect.arrayContaining(['a', 'b']));
    expect(namesOf(code)).not.toEqual(expect.arrayContaining(['no']));
  });
});

it('Other files are named whose exports are handed on, or made', () => {
  expect(readCommonJs(`module.exports = { ...require('./a'), b: 1 };`)).toMatchObject({
    reexports: ['./a'],
    names: ['b'],
  });
  expect(readCommonJs(`module.exports = require('./make')();`)).toMatchObject({
    made: ['./make'],
    reexports: [],
  });
  expect(
    readCommonJs('module.exports = function () { var T = { a: 1 }; T.b = 2; return T; };'),
  ).toMatchObject({
    names: [],
    returned: ['a', 'b'],
  });
});

it('What Node’s lexer reads in full, and what is no script, is left to it', () => {
  expect(
    readCommonJs('exports.a = 1; Object.defineProperty(exports, "__esModule", { value: true });'),
  ).toBeUndefined();
  expect(readCommonJs('module.exports = {')).toBeUndefined();
});

describe('One value', () => {
  it.each([
    'module.exports = function () {};',
    'module.exports = exports = class {};',
    'module.exports = make(); function make() { return () => 1; }',
    // To read the mark of other modules makes none of this one.
    'function interop(m) { return m && m.__esModule ? m : { default: m }; } module.exports = () => interop(require("a"));',
    '// Not __esModule\nmodule.exports = () => "__esModule";',
  ])('is %s', (code) => {
    expect(isOneValue(code)).toBe(true);
  });

  it.each([
    'module.exports = { a: 1 };',
    'module.exports = __toCommonJS(src_exports);',
    'module.exports = exports["default"];',
    'exports.a = 1;',
    'Object.defineProperty(exports, "__esModule", { value: true }); module.exports = f;',
    'exports.__esModule = true; module.exports = f;',
    'const help = "module.exports = f";',
    'module.exports === f;',
  ])('is not %s', (code) => {
    expect(isOneValue(code)).toBe(false);
  });
});
