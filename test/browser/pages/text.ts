// Formulas, code, Markdown and editors.
import { computesWith, type PageCase, writePage } from './page-case.ts';

export const text: PageCase[] = [
  {
    name: 'KaTeX with its fonts, auto-render and checksums',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/katex@0.16.9/dist/katex.min.css" integrity="sha384-n8MVd4RsNIU0tAv4ct0nTaAbDJwPJzDEaqSD1odI+WdtXRGWt2kTvGFasHpSy3SV" crossorigin="anonymous">
<script defer src="https://cdn.jsdelivr.net/npm/katex@0.16.9/dist/katex.min.js" integrity="sha384-XjKyOOlGwcjNTAIQHIpgOno0Hl1YQqzUOEleOLALmuqehneUG+vnGctmUb0ZY0l8" crossorigin="anonymous"></script>
<script defer src="https://cdn.jsdelivr.net/npm/katex@0.16.9/dist/contrib/auto-render.min.js" integrity="sha384-+VBxd3r6XgURycqtZ117nYw44OOcIax56Z4dCRWbxyPt0Koah1uHoK0o4+/RRE05" crossorigin="anonymous" onload="renderMathInElement(document.body);"></script>`,
      '<p id="out">The area is \\(\\pi r^2\\) and $$\\int_0^\\infty e^{-x^2} dx = \\frac{\\sqrt{\\pi}}{2}$$</p>',
    ),
    shows: { in: '#out .katex .mord.mathnormal', count: 3, style: ['font-family', 'KaTeX_Math'] },
    fonts: ['KaTeX_Main', 'KaTeX_Math'],
  },
  {
    name: 'MathJax 3',
    html: writePage(
      `<script src="https://polyfill.io/v3/polyfill.min.js?features=es6"></script>
<script id="MathJax-script" async src="https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-mml-chtml.js"></script>`,
      '<p>When \\(a \\ne 0\\), there are two solutions: $$x = {-b \\pm \\sqrt{b^2-4ac} \\over 2a}.$$</p>',
    ),
    shows: { in: 'mjx-container mjx-math', count: 2 },
    fonts: ['MJXTEX', 'MJXTEX-I'],
  },
  {
    name: 'MathJax 2',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/MathJax.js?config=TeX-MML-AM_CHTML"></script>',
      '<p>$$\\sum_{i=0}^n i^2$$</p>',
    ),
    shows: { in: '.mjx-chtml .mjx-mi' },
  },
  {
    name: 'highlight.js',
    html: writePage(
      `<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/highlight.js/11.9.0/styles/github-dark.min.css">
<script src="https://cdnjs.cloudflare.com/ajax/libs/highlight.js/11.9.0/highlight.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/highlight.js/11.9.0/languages/go.min.js"></script>`,
      `<pre><code class="language-go">func main() { return }</code></pre>
<script>hljs.highlightAll();</script>`,
    ),
    shows: { in: '.hljs-keyword', style: ['color', 'rgb(255, 123, 114)'] },
  },
  {
    name: 'Prism with its autoloader',
    html: writePage(
      `<link href="https://cdnjs.cloudflare.com/ajax/libs/prism/1.29.0/themes/prism-tomorrow.min.css" rel="stylesheet">
<script src="https://cdnjs.cloudflare.com/ajax/libs/prism/1.29.0/prism.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/prism/1.29.0/plugins/autoloader/prism-autoloader.min.js"></script>`,
      '<pre><code class="language-python">def add(a, b): return a + b</code></pre>',
    ),
    shows: { in: '.language-python .token.keyword', style: ['color', 'rgb(204, 153, 205)'] },
  },
  {
    name: 'marked and DOMPurify',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/marked/9.1.2/marked.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/dompurify/3.0.6/purify.min.js"></script>`,
      `<div id="out"></div>
<script>
const source = '# Title\\n\\n- one\\n- **two**\\n\\n<img src=x onerror=alert(1)>';
document.getElementById('out').innerHTML = DOMPurify.sanitize(marked.parse(source), { FORBID_TAGS: ['img'] });
</script>`,
    ),
    shows: { in: '#out li strong', text: 'two' },
  },
  {
    name: 'markdown-it',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/markdown-it/13.0.1/markdown-it.min.js"></script>',
      `<div id="out"></div>
<script>document.getElementById('out').innerHTML = markdownit().render('| a | b |\\n|---|---|\\n| 1 | 2 |');</script>`,
    ),
    shows: { in: '#out td', count: 2 },
  },
  {
    name: 'CodeMirror 5',
    html: writePage(
      `<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/codemirror/5.65.2/codemirror.min.css">
<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/codemirror/5.65.2/theme/dracula.min.css">
<script src="https://cdnjs.cloudflare.com/ajax/libs/codemirror/5.65.2/codemirror.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/codemirror/5.65.2/mode/javascript/javascript.min.js"></script>`,
      `<textarea id="code">const answer = 42;</textarea>
<script>CodeMirror.fromTextArea(document.getElementById('code'), { lineNumbers: true, mode: 'javascript', theme: 'dracula' });</script>`,
    ),
    shows: { in: '.cm-keyword', style: ['color', 'rgb(255, 121, 198)'] },
  },
  {
    name: 'Monaco by its loader, with workers',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/monaco-editor/0.44.0/min/vs/loader.min.js"></script>',
      `<div id="editor" style="width:600px;height:300px"></div>
<script>
require.config({ paths: { vs: 'https://cdnjs.cloudflare.com/ajax/libs/monaco-editor/0.44.0/min/vs' } });
require(['vs/editor/editor.main'], () => {
  monaco.editor.create(document.getElementById('editor'), { value: 'const answer: number = false;', language: 'typescript', theme: 'vs-dark' });
});
</script>`,
    ),
    // The compiler in the worker has found the fault.
    shows: { in: '.squiggly-error' },
  },
  {
    name: 'Quill from its own CDN',
    html: writePage(
      `<link href="https://cdn.quilljs.com/1.3.6/quill.snow.css" rel="stylesheet">
<script src="https://cdn.quilljs.com/1.3.6/quill.js"></script>`,
      `<div id="editor"><p>Hello</p></div>
<script>new Quill('#editor', { theme: 'snow' });</script>`,
    ),
    shows: { in: '.ql-toolbar button svg', count: 5 },
  },
  {
    name: 'Handlebars',
    html: computesWith(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/handlebars.js/4.7.7/handlebars.min.js"></script>',
      `Handlebars.compile('{{#each people}}{{name}};{{/each}}')({ people: [{ name: 'Ada' }, { name: 'Bo' }] })`,
    ),
    shows: { text: 'Ada;Bo;' },
  },
];
