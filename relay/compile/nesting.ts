// Refuses code that would not do esbuild good, before it gets it: 100,000 nested blocks take it 800 MB and two seconds, ten times as many
// end it, and some nesting costs it the square of the depth. Nobody writes such code, and anybody can post it.

export const tooDeep = 'The code is nested too deeply for a preview.';

const maxDepth = 1_000;
const maxBranches = 5_000;
/** An image as base64 in the code has one in thirty characters. */
const maxChain = 50_000;
const maxCharacters = 2 * 1024 * 1024;

/** Brackets and tags, wherever they are: text has few that do not close. Then what nests without them, and what chains. */
const tokens =
  /(?<open>[([{]|<[A-Za-z])|(?<close>[)\]}]|<\/|\/>)|(?<branch>=>|\b(?:if|for|while|do|else|with)\b)|(?<end>[;,])|[!~?.=+\-*/|&:`]|\b(?:typeof|void|new|await|delete|keyof)\b/g;

/** Why the code is not compiled; undefined when it may be. */
export function refuseNesting(source: string): string | undefined {
  if (source.length > maxCharacters) {
    return `The file is too large: a preview takes code of ${maxCharacters} characters a file.`;
  }
  let depth = 0;
  let branches = 0;
  let chain = 0;
  for (const { groups = {} } of source.matchAll(tokens)) {
    if (groups.open) depth += 1;
    else if (groups.close) depth = Math.max(depth - 1, 0);
    else if (groups.branch) branches += 1;
    chain = groups.end || groups.open || groups.close ? 0 : chain + 1;
    if (depth > maxDepth || branches > maxBranches || chain > maxChain) {
      return tooDeep;
    }
  }
  return undefined;
}
