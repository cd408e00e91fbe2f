// Finds the frames of an HTML text, and gives their tags other documents. Pure.

/** Attributes of a frame, decoded. */
export interface FrameAttributes {
  srcdoc?: string;
  src?: string;
  sandbox?: string;
}

const tagBody = `(?:"[^"]*"|'[^']*'|[^'">])*`;
// What looks like a tag in a comment, a script or a text area is none. For the mark of comments see cdn-text.ts.
const tags = new RegExp(
  `<!-{2}[\\s\\S]*?(?:-->|$)|<(script|style|textarea|title|xmp)\\b${tagBody}>[\\s\\S]*?(?=</\\1|$)|<iframe\\b(${tagBody})>`,
  'gi',
);
const attribute = /([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** @param change what replaces or joins the attributes of a frame; undefined to leave it */
export function replaceFrameTags(
  html: string,
  change: (given: FrameAttributes) => FrameAttributes | undefined,
): string {
  if (!/<iframe\b/i.test(html)) return html;
  return html.replace(tags, (part, _text: string | undefined, given: string | undefined) => {
    if (given === undefined) return part;
    const attributes: Record<string, string> = {};
    for (const [, name = '', double, single, bare] of given.matchAll(attribute))
      attributes[name.toLowerCase()] ??= decode(double ?? single ?? bare ?? '');
    const changed = change(attributes);
    if (!changed) return part;
    const kept = given.replace(attribute, (all, name: string) => (name.toLowerCase() in changed ? '' : all));
    const added = Object.entries(changed).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
    return `<iframe${added.join('')}${kept}>`;
  });
}

/** Text as an attribute in double quotes, or between tags. */
export const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Other names than these stay: the document that the attribute holds has them decoded where it is shown. */
function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(amp|lt|gt|quot|apos));?/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
