// esbuild's CommonJS files copy what a module exports, a getter for each name: once where it is exported, and again wherever it is
// imported. A package of icons has 4,500 names. What an ES module became can be handed on as it is.

const importHelper = /(__toESM\d*\s?=\s?\(mod,\s?isNodeMode,\s?target\)\s?=>\s?)\(/;
const exportHelper =
  /(__toCommonJS\d*\s?=\s?)\(?mod\)?\s?=>\s?__copyProps\d*\((__defProp\d*)\(\{\},\s?"__esModule",\s?\{\s?value:\s?(?:!0|true)\s?\}\),\s?mod\)/;

/**
 * The same file, with helpers that do not copy: `require` of it gives what it exports by, and an import of such a module is that.
 * Lines stay where they are.
 * @param code what esbuild's `transform` made with the format `cjs`, minified or not, names as they are
 */
export function withoutCopies(code: string): string {
  return code
    .replace(importHelper, '$1!isNodeMode&&mod?.__esModule?mod:(')
    .replace(exportHelper, '$1mod=>"__esModule"in mod?mod:$2(mod,"__esModule",{value:!0})');
}
