// One row of the HTML artifacts: a page as a model writes it, which only shows what is expected if its libraries really work.
import type { Sight } from '../packages/package-case.ts';

/** A page and what it has to show. */
export interface PageCase {
  /** Name for people and for `-t`. */
  name: string;
  /** The whole document. */
  html: string;
  shows: Sight;
  /** Font families of which a face has to be loaded, as stylesheets name them. */
  fonts?: string[];
  /** Addresses that no preview can reach, such as a map's tiles. */
  beyondReach?: RegExp;
}

/** A document with the head that models write. */
export function writePage(head: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Artifact</title>
${head}
</head>
<body>
${body}
</body>
</html>`;
}

/** A page that writes the value of one expression into `#out`. */
export function computesWith(scripts: string, expression: string): string {
  return writePage(
    scripts,
    `<p id="out"></p>
<script>
document.getElementById('out').textContent = ${expression};
</script>`,
  );
}

/**
 * The addresses that a page asks the kit for: all that it names, except mere origins in a content policy or a preconnect.
 * @returns in the order of the page, each once
 */
export function listAddresses({ html, beyondReach }: PageCase): string[] {
  const asked = [...html.matchAll(/(<script src=")?(https:\/\/[^\s'"`<>()]+)/g)].flatMap(
    ([, tag, address = '']) => {
      const isOrigin = /^https:\/\/[^/?]+\/?$/.test(address);
      return (isOrigin && !tag) || beyondReach?.test(address) ? [] : [address];
    },
  );
  return [...new Set(asked)];
}
