// The HTML pages that carry SVG, Markdown and Mermaid artifacts, in a static preview and when they are published. Pure.

export const markedScript = {
  src: 'https://cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js',
  integrity: 'sha384-948ahk4ZmxYVYOc+rxN1H2gM1EJ2Duhp7uHtZ4WSLkV4Vtx5MUqnV+l7u9B+jFv+',
};

const mermaidModule = 'https://cdn.jsdelivr.net/npm/mermaid@11/dist/mermaid.esm.min.mjs';

/** Centres an SVG image on a page of its own. */
export function svgPage(svg: string): string {
  // Inside HTML an XML prolog would be parsed as a bogus comment, a doctype as an error.
  const image = svg.replace(/^\s*(<\?xml[\s\S]*?\?>|<!doctype[^>]*>|\s)*/i, '');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SVG</title>
<style>
  html, body { height: 100%; margin: 0; }
  body { display: grid; place-items: center; background: #fff; }
  body > svg { max-width: 92vw; max-height: 92vh; }
</style>
</head>
<body>
${image}
</body>
</html>
`;
}

/** Renders Markdown in the browser with marked, or shows the source when marked cannot be loaded. */
export function markdownPage(markdown: string): string {
  // "<" is escaped so that "</script>" inside the Markdown cannot end the element that carries it.
  const source = JSON.stringify(markdown).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Markdown</title>
<script src="${markedScript.src}" integrity="${markedScript.integrity}" crossorigin="anonymous"></script>
<style>${markdownStyle}</style>
</head>
<body>
<main id="content"></main>
<script>
(() => {
  const source = ${source};
  const content = document.getElementById('content');
  if (window.marked) {
    content.innerHTML = window.marked.parse(source, { gfm: true });
    return;
  }
  const note = document.createElement('p');
  note.className = 'failed';
  note.textContent = 'The Markdown renderer could not be loaded. This is the source:';
  const text = document.createElement('pre');
  text.textContent = source;
  content.append(note, text);
})();
</script>
</body>
</html>
`;
}

/** Draws a Mermaid diagram in the browser, or shows its source with what is wrong with it. */
export function mermaidPage(diagram: string): string {
  const source = JSON.stringify(diagram).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Diagram</title>
<style>
  html, body { height: 100%; margin: 0; }
  body { display: grid; place-items: center; background: #fff; font: 16px/1.6 system-ui, sans-serif; }
  #diagram { width: 96vw; text-align: center; }
  #diagram svg { max-width: 96vw !important; max-height: 94vh; }
  pre { text-align: left; overflow: auto; }
</style>
</head>
<body>
<main id="diagram"></main>
<script type="module">
const source = ${source};
const place = document.getElementById('diagram');
try {
  const { default: mermaid } = await import('${mermaidModule}');
  mermaid.initialize({ startOnLoad: false });
  place.innerHTML = (await mermaid.render('drawn', source)).svg;
} catch (error) {
  const note = document.createElement('p');
  note.textContent = 'The diagram could not be drawn: ' + error.message;
  const text = document.createElement('pre');
  text.textContent = source;
  place.append(note, text);
}
</script>
</body>
</html>
`;
}

// Tailwind's reset arrives after this style sheet, so every rule is scoped to #content to win over it.
const markdownStyle = `
  body { margin: 0; background: #fff; color: #1f2937; font: 16px/1.65 system-ui, sans-serif; }
  #content { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
  #content > :first-child { margin-top: 0; }
  #content h1 { font-size: 1.9rem; font-weight: 650; line-height: 1.2; letter-spacing: -.02em; margin: 0 0 1rem; }
  #content h2 { font-size: 1.3rem; font-weight: 650; margin: 2rem 0 .75rem; }
  #content h3 { font-size: 1.05rem; font-weight: 650; margin: 1.5rem 0 .5rem; }
  #content p, #content ul, #content ol, #content table, #content pre, #content blockquote { margin: 0 0 1rem; }
  #content ul { list-style: disc; padding-left: 1.5rem; }
  #content ol { list-style: decimal; padding-left: 1.5rem; }
  #content li { margin: .25rem 0; }
  #content li:has(> input) { list-style: none; margin-left: -1.25rem; }
  #content a { color: #0f766e; text-decoration: underline; }
  #content table { width: 100%; border-collapse: collapse; font-size: .95rem; }
  #content th { font-weight: 600; }
  #content th:not([align]) { text-align: left; }
  #content th, #content td { padding: .5rem .75rem; border-bottom: 1px solid #e5e7eb; }
  #content blockquote { border-left: 3px solid #5eead4; padding: .25rem 0 .25rem 1rem; color: #4b5563; }
  #content blockquote p { margin: 0; }
  #content code { font: .875em/1.6 ui-monospace, monospace; background: #f3f4f6; padding: .1em .35em; border-radius: 5px; }
  #content pre { background: #111827; color: #e5e7eb; padding: 1rem; border-radius: 10px; overflow: auto; white-space: pre; }
  #content pre code { background: none; padding: 0; color: inherit; }
  #content button { font: inherit; padding: .45rem 1rem; border: 1px solid #d1d5db; border-radius: 8px; background: #f9fafb; cursor: pointer; }
  #content .failed { color: #b45309; font-weight: 600; }
`;
