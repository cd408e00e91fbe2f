// Style elements of the page, one for each stylesheet that something imports.

/** Adds the stylesheet at `path`, or replaces what it said before. */
export function insertStyle(path: string, css: string): void {
  const known = [...document.head.querySelectorAll<HTMLStyleElement>('style[data-path]')].find(
    (element) => element.dataset.path === path,
  );
  const element = known ?? document.createElement('style');
  element.dataset.path = path;
  element.textContent = css;
  if (!known) document.head.append(element);
}
