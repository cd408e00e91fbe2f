// Links that lead out of an artifact. In its place they would show a page that the preview's policy blocks, or that refuses frames,
// with no way back. React frames call this; the worker gives it to static pages as code.

/** What of a link it takes; the worker's own code knows no elements. */
interface Link {
  /** An object in SVG. */
  href: unknown;
  target: string;
  rel: string;
}

/** What of a window it takes. */
interface Page {
  location: { origin: string };
  addEventListener(type: 'click', listener: (event: Click) => void): void;
}

interface Click {
  /** Whether a person clicked. What a script clicks opens no window. */
  isTrusted: boolean;
  defaultPrevented: boolean;
  composedPath(): unknown[];
}

/** In front of a static page's own code; on one line, so that lines of the page keep their numbers. */
export function outwardLinksCode(): string {
  return `(${openOutwardLinks})(window);`.replaceAll('\n', ' ');
}

/** Opens them in a tab of their own. It stands for itself as text, so it names nothing of this module. */
export function openOutwardLinks(page: Page): void {
  page.addEventListener('click', (event) => {
    if (!event.isTrusted || event.defaultPrevented) return;
    const isLink = (item: unknown): item is Link => {
      const { localName, href } = item as { localName?: string; href?: unknown };
      return (localName === 'a' || localName === 'area') && typeof href === 'string';
    };
    const link = event.composedPath().find(isLink);
    if (!link || !URL.canParse(String(link.href))) return;
    const { protocol, origin } = new URL(String(link.href));
    if (!/^https?:$/.test(protocol) || origin === page.location.origin) return;
    const { target, rel } = link;
    if (!/^(_self|_parent|_top)?$/i.test(target)) return;
    Object.assign(link, { target: '_blank', rel: `${rel} noopener` });
    /** The browser follows the link when all listeners have run. */
    setTimeout(() => Object.assign(link, { target, rel }));
  });
}
