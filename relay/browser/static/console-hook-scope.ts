// Gives the console hook that Sandpack's static client writes into each HTML page a scope of its own. The hook is a classic
// script that declares `const scope` and dozens of one-letter globals, so a page with a top-level `let n` dies with
// "Identifier 'n' has already been declared". Invariant: only that script changes, by two insertions; no other byte does.

// The shape is fixed by sandpack-client's SandpackStatic.injectScriptIntoHead (2.x). The hook names nothing of its own
// through the global object and writes no undeclared variable (see the unit test), so a function scope is enough.
// The hook comes before any script of the page, so what the kit itself has to say to the page goes in front of it.
const opening = /<script>(\n {6})const scope = \{"channelId":[^\n]*\};\n {6}/;
const closing = '\n    </script>';
/** What the hook does in the end; a page's own `const scope` script lacks it. */
const purpose = 'codesandbox:!0';

const scopeStart = '(function(){';
const scopeEnd = '})();';

interface Insertions {
  start: number;
  end: number;
}

function findInsertions(html: string): Insertions | undefined {
  const match = opening.exec(html);
  if (!match) return undefined;
  const codeStart = match.index + match[0].length;
  // https://html.spec.whatwg.org/#script-data-state: the element ends at the first `</script`, in any case.
  const scriptEnd = html.slice(codeStart).search(/<\/script/i);
  const end = codeStart + scriptEnd - '    '.length;
  if (scriptEnd < 0 || !html.startsWith(closing, end - 1)) return undefined;
  if (!html.slice(codeStart, end).includes(purpose)) return undefined;
  return { start: match.index + '<script>'.length, end };
}

/**
 * Wraps the injected console hook in `html` into a function scope; returns `html` itself if it is not there.
 * @param before code that runs in front of the hook, in the same scope; without a newline
 */
export function scopeConsoleHook<Body extends string | Uint8Array<ArrayBuffer>>(
  html: Body,
  before?: string,
): Body;
export function scopeConsoleHook(
  html: string | Uint8Array<ArrayBuffer>,
  before = '',
): string | Uint8Array<ArrayBuffer> {
  if (typeof html === 'string') {
    const found = findInsertions(html);
    return found
      ? html.slice(0, found.start) +
          scopeStart +
          before +
          html.slice(found.start, found.end) +
          scopeEnd +
          html.slice(found.end)
      : html;
  }
  // One character a byte, so that offsets are byte offsets and text that is not valid UTF-8 survives.
  const found = findInsertions(new TextDecoder('latin1').decode(html));
  if (!found) return html;
  const encoder = new TextEncoder();
  return concatBytes([
    html.subarray(0, found.start),
    encoder.encode(scopeStart + before),
    html.subarray(found.start, found.end),
    encoder.encode(scopeEnd),
    html.subarray(found.end),
  ]);
}

function concatBytes(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.byteLength;
  }
  return joined;
}
