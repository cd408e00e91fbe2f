// Keys of an object literal in source text, for `module.exports = { … }`: Node's lexer stops at the first value that is no name.

const opening = '([{';
const closing = ')]}';
/** At the place of a key: a name or a string, and what shows that it is one. */
const keyAt =
  /^\s*(?:(?:async\s+|get\s+)?\*?\s*)?(?:([A-Za-z_$][\w$]*)|"([^"\\]*)"|'([^'\\]*)')\s*(?=[:,}(])/;

/**
 * @param code JavaScript without comments
 * @param start index of the opening brace
 */
export function literalKeys(code: string, start: number): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (let index = start; index < code.length; index++) {
    const character = code[index] as string;
    if (character === '"' || character === "'" || character === '`') index = endOfString(code, index);
    else if (closing.includes(character)) {
      depth -= 1;
      if (depth === 0) return keys;
    } else if (opening.includes(character)) depth += 1;
    const isKeyNext = depth === 1 && (index === start || character === ',');
    const key = isKeyNext ? keyAt.exec(code.slice(index + 1, index + 200)) : null;
    if (key) keys.push(key[1] ?? key[2] ?? key[3] ?? '');
  }
  return keys;
}

function endOfString(code: string, start: number): number {
  const quote = code[start];
  for (let index = start + 1; index < code.length; index++) {
    if (code[index] === '\\') index += 1;
    else if (code[index] === quote) return index;
  }
  return code.length;
}
