// Addresses of Google Fonts' stylesheets, taken apart: `/css2` (https://developers.google.com/fonts/docs/css2), the older `/css`
// (https://developers.google.com/fonts/docs/getting_started) and `/icon`. Pure; what makes no sense in them is left out.

/** Both ends; the same number twice for a single value. */
export type Span = readonly [from: number, to: number];

/** One face of a family, or several that a span covers. */
export interface FontStyle {
  isItalic: boolean;
  weight: Span;
  /** All axes but `ital` and `wght`, by their tags. */
  axes: Readonly<Record<string, Span>>;
}

/** A family, and what of it is asked for. */
export interface FontRequest {
  family: string;
  styles: FontStyle[];
}

/** What a stylesheet is to have. */
export interface FontQuery {
  fonts: FontRequest[];
  /** A value of `font-display`; undefined for the browser's own. */
  display: string | undefined;
}

const regular: FontStyle = { isItalic: false, weight: [400, 400], axes: {} };
const displays = new Set(['auto', 'block', 'swap', 'fallback', 'optional']);
const maxStyles = 200;

/**
 * @param path `/css2`, `/css` or `/icon`
 * @returns undefined for another path, and when no family is named
 */
export function parseFontQuery(path: string, search: URLSearchParams): FontQuery | undefined {
  if (!/^\/(css2|css|icon)\/?$/.test(path)) return undefined;
  const families = search.getAll('family').flatMap((value) => value.split('|'));
  const fonts = families.flatMap((text) => {
    // The newer form at the older address, and the other way round, is what people mean all the same.
    const { family, styles } = text.includes('@') ? parseFamily(text) : parseOldFamily(text);
    // Letters of Latin alone: a name goes into a stylesheet, and into a package's name.
    return /^[a-z\d][\w .-]*$/i.test(family) ? [{ family, styles: styles.slice(0, maxStyles) }] : [];
  });
  const display = search.get('display') ?? '';
  return fonts.length === 0 ? undefined : { fonts, display: displays.has(display) ? display : undefined };
}

/** `Inter:ital,wght@0,400;1,700`, `Roboto Mono:wght@100..900`. */
function parseFamily(text: string): FontRequest {
  const [, family = '', tags = '', tuples = ''] = /^([^:]*):([^@]*)@(.*)$/.exec(text.trim()) ?? [];
  const names = tags.split(',').map((tag) => tag.trim());
  const styles = tuples.split(';').flatMap((tuple) => {
    const values = tuple.split(',').map(parseSpan);
    const spans = Object.fromEntries(names.map((name, index) => [name, values[index]]));
    if (values.length !== names.length || values.includes(undefined)) return [];
    const { ital, wght = regular.weight, ...axes } = spans as Record<string, Span>;
    // A span of `ital` asks for both.
    const slants = ital ? [...new Set(ital.map((value) => value >= 0.5))] : [false];
    return slants.map((isItalic) => ({ isItalic, weight: wght, axes }));
  });
  return { family: family.trim(), styles: styles.length > 0 ? styles : [regular] };
}

function parseSpan(text: string): Span | undefined {
  const match = /^(-?\d+(?:\.\d+)?)(?:\.\.(-?\d+(?:\.\d+)?))?$/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2] ?? match[1])] : undefined;
}

const weightNames: Readonly<Record<string, number>> = {
  thin: 100,
  extralight: 200,
  light: 300,
  '': 400,
  regular: 400,
  normal: 400,
  medium: 500,
  semibold: 600,
  b: 700,
  bold: 700,
  extrabold: 800,
  black: 900,
};

/** `Roboto:400,700italic:latin`, `Lora:bi`. */
function parseOldFamily(text: string): FontRequest {
  const [family = '', variants = ''] = text.split(':');
  const styles = variants.split(',').flatMap((variant): FontStyle[] => {
    const [match, name = '', slant] = /^(\d+|[a-z]*?)(i|italic)?$/.exec(variant.trim().toLowerCase()) ?? [];
    const weight = /^\d+$/.test(name)
      ? Number(name)
      : Object.hasOwn(weightNames, name)
        ? weightNames[name]
        : undefined;
    return variant === '' || !match || weight === undefined
      ? []
      : [{ isItalic: slant !== undefined, weight: [weight, weight], axes: {} }];
  });
  return { family: family.trim(), styles: styles.length > 0 ? styles : [regular] };
}
