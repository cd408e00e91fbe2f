// Tailwind on the page: the relay's styles before the first paint, then Tailwind's own script, for classes that only the page knows
// (docs/decisions/0018-tailwind-before-first-paint.md).

/** Tailwind's Play CDN with its defaults: no plugins, version 3. */
const playCdn = /^https:\/\/cdn\.tailwindcss\.com(\/3[\d.]*)?\/?(#.*)?$/;

/** How long the page waits for styles that are being made, in ms. */
const timeoutMs = 3_500;

export function isPlayCdn(address: string): boolean {
  return playCdn.test(address);
}

/** @returns the styles; '' when there are none */
export async function fetchStyles(address: string): Promise<string> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs), credentials: 'omit' });
    return response.ok ? await response.text() : '';
  } catch {
    return '';
  }
}

/** Puts the relay's styles where the Play CDN would put its own: at the end of the head. */
export function insertStyles(css: string): HTMLStyleElement {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
  return style;
}

/**
 * Lets the Play CDN take over, when the browser has nothing else to do.
 * @param load adds its script to the page
 */
export function handOver(style: HTMLStyleElement, load: () => Promise<unknown>): void {
  const observer = new MutationObserver((records) => {
    const theirs = records
      .flatMap(({ addedNodes }) => [...addedNodes])
      .find((node) => node instanceof HTMLStyleElement && /tailwindcss v3/.test(node.textContent ?? ''));
    if (!theirs) return;
    observer.disconnect();
    style.replaceWith(theirs);
  });
  observer.observe(document.head, { childList: true });
  const whenIdle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
  whenIdle(
    () => {
      // It looks at the page at the next change to it.
      void load().then(() => document.head.append(document.createComment('')));
    },
    { timeout: 2_000 },
  );
}
