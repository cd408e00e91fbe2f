// Large and odd artifacts: shown as a browser would show the same file.
import type { FieldCase } from '../artifact-case.ts';

/** Rows of a table, as a model embeds a data set. */
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => `{ id: ${i}, name: 'Person ${i}', city: 'Town ${i % 977}' },`);

export const largeAndOdd: FieldCase[] = [
  {
    name: 'is five megabytes of data in a component',
    bundlerOnly: 'The relay compiles two million characters a file.',
    code: `const people = [\n${rows(100_000).join('\n')}\n];
export default function Table() { return <div><h1>{people.length} people</h1><p>last {people.at(-1)!.name}</p></div>; }
`,
    steps: [
      ['see', '100000 people'],
      ['see', 'last Person 99999'],
    ],
  },
  {
    name: 'is one line of two megabytes',
    code: `const picture = 'data:application/octet-stream;base64,${'QUJD'.repeat(500_000)}';
export default function Blob() { return <p>length {picture.length} ends {atob(picture.slice(-4))}</p>; }
`,
    steps: [['see', 'length 2000037 ends ABC']],
  },
  {
    name: 'is fifty thousand lines',
    bundlerOnly: 'The relay compiles five thousand branches a file.',
    code: `const steps: ((n: number) => number)[] = [];
${Array.from({ length: 50_000 }, (_, i) => (i % 5 === 0 ? `steps.push((n) => n + ${i % 7});` : `// ${i}`)).join('\n')}
export default function Long() { return <h1>Sum {steps.reduce((n, step) => step(n), 0)}</h1>; }
`,
    steps: [['see', 'Sum 29997']],
  },
  {
    name: 'is five megabytes of a page',
    type: 'text/html',
    code: `<!DOCTYPE html><html><head><title>Large</title></head><body><h1 id="o">Large page</h1><script>const people = [\n${rows(100_000).join('\n')}\n]; o.textContent = people.length + ' people';</script></body></html>`,
    steps: [['see', '100000 people']],
  },
  {
    name: 'has CRLF, a mark of byte order and a NUL',
    everywhere: true,
    code: `\uFEFFimport { useState } from 'react';\r\nconst text = \`a\r\nb\`;\r\nconst odd = 'x\u0000y';\r\nexport default function App() {\r\n  const [n, set] = useState(0);\r\n  return <button onClick={() => set(n + 1)}>{text.length} {odd.length} {n}</button>;\r\n}\r\n`,
    steps: [
      ['click', '3 3 0'],
      ['see', '3 3 1'],
    ],
  },
  {
    name: 'has half of a surrogate pair in a string',
    code: `const halves = ['\ud83d', '\\ude00'];
export default function App() { return <p>code {halves[1].charCodeAt(0).toString(16)} length {halves[0].length} whole {'😀'.length}</p>; }
`,
    steps: [['see', 'code de00 length 1 whole 2']],
  },
  {
    name: 'has odd characters in a page',
    type: 'text/html',
    everywhere: true,
    code: `\uFEFF<!DOCTYPE html>\r\n<html>\r\n<head><meta charset="iso-8859-1"><title>Odd</title><style>body { margin: 0 }</style></head>\r\n<body><h1 id="h" style="margin:0">Grüße 😀</h1><pre id="p">a\r\nb</pre><p id="o"></p><script>\r\n'use strict';\r\nconst half = '\ud83d'; const t = \`x\r\ny\`;\r\no.textContent = [document.characterSet, h.getBoundingClientRect().top, p.textContent.length, t.length, half.length].join(' ');\r\n</script></body></html>`,
    steps: [
      ['see', 'Grüße 😀'],
      ['see', 'UTF-8 0 3 3 1'],
    ],
  },
  {
    name: 'has no doctype, no head and no body',
    type: 'text/html',
    code: `<style>#a { color: rgb(1, 2, 3); }</style><div id="a">Fragment</div><p id="o"></p><script>document.getElementById('o').textContent = getComputedStyle(document.getElementById('a')).color + ' ' + document.body.children.length;</script>`,
    steps: [
      ['see', 'Fragment'],
      ['see', 'rgb(1, 2, 3) 3'],
    ],
  },
  {
    name: 'is a frameset',
    type: 'text/html',
    everywhere: true,
    code: `<html><head><title>Frames</title></head><frameset cols="50%,50%"><frame name="left" srcdoc="x" src="data:text/html,left"><frame name="right" src="about:blank"></frameset></html>
<script>document.title = 'never'</script>`,
    steps: [['has', 'frameset > frame[name="right"]']],
  },
  {
    name: 'is XHTML',
    type: 'text/html',
    code: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><meta http-equiv="Content-Type" content="application/xhtml+xml; charset=utf-8" /><title>X</title>
<script type="text/javascript">//<![CDATA[
window.onload = function () { document.getElementById('o').innerHTML = 'ran ' + (1 < 2 && document.compatMode); };
//]]></script></head><body><p id="o">still<br /></p></body></html>`,
    steps: [['see', 'ran CSS1Compat']],
  },
  {
    name: 'is an SVG with a script, styles and CDATA',
    type: 'image/svg+xml',
    code: `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 80" width="200">
<style><![CDATA[ .k { fill: rgb(4, 5, 6); } ]]></style><defs><circle id="dot" r="9"/></defs>
<use xlink:href="#dot" x="20" y="40"/><text id="t" class="k" x="40" y="45">Still</text>
<foreignObject x="0" y="50" width="200" height="30"><div xmlns="http://www.w3.org/1999/xhtml">Foreign</div></foreignObject>
<script type="text/javascript"><![CDATA[ const t = document.getElementById('t'); t.textContent = 'Ran ' + getComputedStyle(t).fill; ]]></script></svg>`,
    steps: [
      ['see', 'Ran rgb(4, 5, 6)'],
      ['see', 'Foreign'],
    ],
  },
  {
    name: 'is Markdown with HTML, mathematics and diagrams',
    type: 'text/markdown',
    code: `# Notes

<details open><summary>More</summary>

Inside **bold** \`</script>\` text.

</details>

Euler: $e^{i\\pi} + 1 = 0$ and

$$\\int_0^1 x^2\\,dx$$

\`\`\`mermaid
graph TD; A-->B
\`\`\`

<div dir="rtl" id="rtl">مرحبا</div>

| a | b |
|---|---|
| 1 | <kbd>2</kbd> |

- [x] done

<script>document.title = 'no'</script>
`,
    steps: [
      ['see', 'Inside bold </script> text.'],
      ['see', 'graph TD; A-->B'],
      ['see', 'مرحبا'],
      ['has', 'td kbd'],
    ],
  },
  {
    name: 'draws mathematics and a diagram in a page',
    type: 'text/html',
    code: `<!DOCTYPE html><html><head><link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/katex@0.16.11/dist/katex.min.css"><script defer src="https://cdn.jsdelivr.net/npm/katex@0.16.11/dist/katex.min.js"></script><script defer src="https://cdn.jsdelivr.net/npm/katex@0.16.11/dist/contrib/auto-render.min.js" onload="renderMathInElement(document.body, { delimiters: [{ left: '$$', right: '$$', display: true }] })"></script></head>
<body><p>$$a^2$$</p><pre class="mermaid">graph LR; Start-->Stop</pre><script type="module">import mermaid from 'https://cdn.jsdelivr.net/npm/mermaid@11/dist/mermaid.esm.min.mjs'; mermaid.initialize({ startOnLoad: false }); await mermaid.run(); document.body.append('drawn');</script></body></html>`,
    steps: [
      ['see', 'drawn'],
      ['has', '.katex-display .mord'],
      ['has', '.mermaid svg'],
    ],
  },
  {
    name: 'has several html elements, and heads in its body',
    type: 'text/html',
    code: `<html lang="de"><head><title>One</title></head><body class="a"><p>First</p></body></html>
<html dir="rtl" lang="fr"><head><style>.late { color: rgb(7, 8, 9); }</style></head><body id="b" class="c"><p class="late">Second</p><header>Top</header><script>document.body.append([document.documentElement.lang, document.documentElement.dir, document.body.id, document.body.className, getComputedStyle(document.querySelector('.late')).color].join(' '));</script></body></html>`,
    steps: [
      ['see', 'First'],
      ['see', 'Second'],
      ['see', 'de rtl b a rgb(7, 8, 9)'],
    ],
  },
  {
    name: 'has a base of its own',
    type: 'text/html',
    everywhere: true,
    code: `<!DOCTYPE html><html><head><base href="https://cdn.jsdelivr.net/npm/" target="_self"><script src="dayjs@1.11.10/dayjs.min.js"></script></head><body><p id="o"></p><script>o.textContent = [document.baseURI, typeof dayjs, dayjs('2020-01-02').format('D.M.')].join(' ');</script></body></html>`,
    steps: [['see', 'https://cdn.jsdelivr.net/npm/ function 2.1.']],
  },
  {
    name: 'refreshes itself',
    type: 'text/html',
    everywhere: true,
    code: `<!DOCTYPE html><html><head><script>const n = Number(sessionStorage.n || 0) + 1; sessionStorage.n = n; if (n < 3) document.write('<meta http-equiv="refresh" content="0;url=?turn=' + n + '">');</script></head><body><p id="o"></p><script>o.textContent = 'Turn ' + n + ' ' + location.search + ' end';</script></body></html>`,
    steps: [['see', 'Turn 3 ?turn=2 end']],
  },
  {
    name: 'has a content policy of its own, and says so itself',
    type: 'text/html',
    everywhere: true,
    code: `<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"></head><body><p id="o">quiet</p><img src="/api/placeholder/40/40" onerror="addEventListener('securitypolicyviolation', () => {}); document.getElementById('o').textContent = 'refused by the page'"></body></html>`,
    steps: [
      ['see', 'refused by the page'],
      ['logged', 'content policy of the artifact’s own'],
    ],
  },
  {
    name: 'has the end of a script in strings',
    code: `const html = "<script>alert(1)</script><!-- <script> -->";
export default function App() { return <p title={html}>{html.length} {'</script>'}{\`<!--\`} {"]]>"} {'\\u2028'.length}</p>; }
`,
    steps: [['see', '42 </script><!-- ]]> 1']],
  },
  {
    name: 'is written from right to left',
    code: `export default function App() { return <main dir="rtl" lang="ar"><h1>مرحبا بالعالم</h1><p>שלום {'\\u202Babc\\u202C'} {getComputedStyle(document.documentElement).direction}</p><bdo dir="ltr">اب</bdo></main>; }
`,
    steps: [
      ['see', 'مرحبا بالعالم'],
      ['see', 'שלום'],
    ],
  },
  {
    name: 'has names that only Unicode allows',
    code: `const größe = 3, 名前 = 'Ada', \\u0061bc = 4, ಠ_ಠ = 5;
enum Ⅳ { α = 'alpha' }
export default function Überschrift() { return <p>{größe}{名前}{abc}{ಠ_ಠ}{Ⅳ.α}</p>; }
`,
    steps: [['see', '3Ada45alpha']],
  },
];
