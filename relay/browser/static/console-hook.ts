// Puts the kit's console listener in the place of the console hook that Sandpack's static client writes into each HTML page. The hook
// throws at whatever JSON has no form for, and declares `const scope` and dozens of one-letter globals: a page with a top-level `let n`
// dies of "Identifier 'n' has already been declared". Invariant: only that script changes, and no line of the page moves.

// The shape is fixed by sandpack-client's SandpackStatic.injectScriptIntoHead (2.x). The hook comes before any script of the page, so
// what the kit itself has to say to the page goes in front of it.
const opening = /<script>(\n {6})const scope = \{"channelId":[^\n]*\};\n {6}/;
const closing = '\n    </script>';
/** What the hook does in the end; a page's own `const scope` script lacks it. */
const purpose = 'codesandbox:!0';

/** Code for the page, each without a newline. */
export interface PageCode {
  /** Runs first. */
  prelude: string;
  /** Runs in the hook's place, and finds `scope` as the hook does. */
  listener: string;
}

interface Hook {
  /** Behind `<script>`. */
  start: number;
  codeStart: number;
  end: number;
}

function findHook(html: string): Hook | undefined {
  const match = opening.exec(html);
  if (!match) return undefined;
  const codeStart = match.index + match[0].length;
  // https://html.spec.whatwg.org/#script-data-state: the element ends at the first `</script`, in any case.
  const scriptEnd = html.slice(codeStart).search(/<\/script/i);
  const end = codeStart + scriptEnd - '    '.length;
  if (scriptEnd < 0 || !html.startsWith(closing, end - 1)) return undefined;
  if (!html.slice(codeStart, end).includes(purpose)) return undefined;
  return { start: match.index + '<script>'.length, codeStart, end };
}

/** Replaces the injected console hook in `html`, in a function's scope; returns `html` itself if it is not there. */
export function replaceConsoleHook<Body extends string | Uint8Array<ArrayBuffer>>(
  html: Body,
  code: PageCode,
): Body;
export function replaceConsoleHook(
  html: string | Uint8Array<ArrayBuffer>,
  { prelude, listener }: PageCode,
): string | Uint8Array<ArrayBuffer> {
  // One character a byte, so that offsets are byte offsets and text that is not valid UTF-8 survives.
  const text = typeof html === 'string' ? html : new TextDecoder('latin1').decode(html);
  const found = findHook(text);
  if (!found) return html;
  const { start, codeStart, end } = found;
  const lineEnds = text.slice(codeStart, end).replace(/[^\n]/g, '');
  const script = `(function(){${prelude}${text.slice(start, codeStart)}${listener}${lineEnds}})();`;
  if (typeof html === 'string') return html.slice(0, start) + script + html.slice(end);
  return concatBytes([html.subarray(0, start), new TextEncoder().encode(script), html.subarray(end)]);
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
