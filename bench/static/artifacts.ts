// The HTML artifacts that are measured. Each reports its own paints to the host page, so that nothing has to look into its frame; both
// paths carry the same few lines.

/** An artifact, and what it is for people. */
export interface StaticArtifact {
  name: string;
  code: string;
  /** What it loads beside the page; Tailwind is the client's own doing, as LibreChat tells it to. */
  addresses: string[];
}

/** Posted by the artifact's page, once for each document that painted. */
export interface PaintReport {
  type: 'bench:paint';
  /** When the navigation to the document began, on the clock of `performance.timeOrigin`. */
  navigatedAt: number;
  /** Since then, in ms. */
  answeredMs: number;
  paintedMs: number;
  /** Whether what the artifact loads was there. */
  isWhole: boolean;
}

const tailwindAddress = 'https://cdn.tailwindcss.com/3.4.17';
const markedAddress = 'https://cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js';

const reporter = (isWhole: string): string => `<script>
new PerformanceObserver((list) => {
  const paint = list.getEntriesByName('first-contentful-paint')[0];
  if (!paint) return;
  const navigation = performance.getEntriesByType('navigation')[0];
  parent.postMessage({
    type: 'bench:paint',
    navigatedAt: performance.timeOrigin,
    answeredMs: navigation.responseEnd,
    paintedMs: paint.startTime,
    isWhole: ${isWhole},
  }, '*');
}).observe({ type: 'paint', buffered: true });
</script>`;

const page = (head: string, body: string, isWhole: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Benchmark</title>
${reporter(isWhole)}
${head}
</head>
<body>
${body}
</body>
</html>
`;

const paragraphs = Array.from(
  { length: 40 },
  (_, index) =>
    `<p class="text-slate-700">Paragraph ${index + 1}: the tide comes in, and the tide goes out.</p>`,
).join('\n');

export const staticArtifacts: StaticArtifact[] = [
  {
    name: 'plain page',
    code: page(
      '<style>body{font:16px/1.5 sans-serif;max-width:40rem;margin:2rem auto}</style>',
      `<h1>Tides</h1>\n${paragraphs}`,
      'Boolean(window.tailwind)',
    ),
    addresses: [tailwindAddress],
  },
  {
    name: 'page with a library',
    code: page(
      `<script src="${markedAddress}"></script>`,
      `<main id="text"></main>
<script>
document.getElementById('text').innerHTML = marked.parse('# Tides\\n\\n' + 'The tide comes in, *and* the tide goes out.\\n\\n'.repeat(40));
</script>`,
      "Boolean(window.tailwind && document.querySelector('#text em'))",
    ),
    addresses: [tailwindAddress, markedAddress],
  },
];
