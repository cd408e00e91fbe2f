// Editors, Markdown and highlighting.
import { computes, mounts, type PackageCase } from './package-case.ts';

export const editors: PackageCase[] = [
  {
    name: 'codemirror',
    dependencies: {
      '@uiw/react-codemirror': '^4.23.0',
      '@codemirror/lang-javascript': '^6.2.0',
      '@codemirror/state': '^6.4.0',
      '@codemirror/view': '^6.33.0',
    },
    code: `import CodeMirror from '@uiw/react-codemirror';
import { javascript } from '@codemirror/lang-javascript';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
export default () => <CodeMirror value="const x = 'hi';" extensions={[javascript({ jsx: true }), EditorView.lineWrapping, EditorState.tabSize.of(3)]} />;`,
    shows: { in: '.cm-line span', count: 2 },
  },
  {
    name: '@tiptap/react',
    dependencies: { '@tiptap/react': '^2.8.0', '@tiptap/starter-kit': '^2.8.0', '@tiptap/pm': '^2.8.0' },
    code: `import { EditorContent, useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
export default function App() { const editor = useEditor({ extensions: [StarterKit], content: '<p>written <strong>well</strong></p>' }); return <EditorContent editor={editor} />; }`,
    shows: { in: '.ProseMirror strong', text: 'well' },
  },
  {
    name: 'quill',
    dependencies: { quill: '^2.0.0', 'react-quill-new': '^3.3.0' },
    code: `import ReactQuill, { Quill } from 'react-quill-new';
import 'react-quill-new/dist/quill.snow.css';
export default () => <><p>{typeof Quill}</p><ReactQuill theme="snow" value="<p>quilled</p>" /></>;`,
    shows: { in: '.ql-editor p', text: 'quilled' },
  },
  {
    name: 'react-quill',
    dependencies: { 'react-quill': '^2.0.0' },
    code: `import ReactQuill from 'react-quill';
import 'react-quill/dist/quill.snow.css';
export default () => <ReactQuill theme="snow" value="<p>quilled</p>" />;`,
    shows: { in: '.ql-editor p', text: 'quilled' },
  },
  {
    name: 'slate',
    dependencies: {
      slate: '^0.112.0',
      'slate-react': '^0.112.0',
      'slate-history': '^0.110.0',
      'slate-dom': '^0.112.0',
    },
    code: `import { useState } from 'react';
import { createEditor } from 'slate';
import { withHistory } from 'slate-history';
import { Editable, Slate, withReact } from 'slate-react';
export default function App() { const [editor] = useState(() => withHistory(withReact(createEditor()))); return <Slate editor={editor} initialValue={[{ type: 'p', children: [{ text: 'on slate' }] }]}><Editable /></Slate>; }`,
    shows: { in: '[data-slate-editor]', text: 'on slate' },
  },
  {
    name: 'lexical',
    dependencies: { lexical: '^0.18.0', '@lexical/react': '^0.18.0' },
    code: `import { $createParagraphNode, $createTextNode, $getRoot } from 'lexical';
import { LexicalComposer } from '@lexical/react/LexicalComposer';
import { ContentEditable } from '@lexical/react/LexicalContentEditable';
import { LexicalErrorBoundary } from '@lexical/react/LexicalErrorBoundary';
import { RichTextPlugin } from '@lexical/react/LexicalRichTextPlugin';
const config = { namespace: 'e', onError: console.error, editorState: () => $getRoot().append($createParagraphNode().append($createTextNode('lexical text'))) };
export default () => <LexicalComposer initialConfig={config}><RichTextPlugin contentEditable={<ContentEditable />} ErrorBoundary={LexicalErrorBoundary} /></LexicalComposer>;`,
    shows: { in: '[contenteditable]', text: 'lexical text' },
  },
  {
    name: 'monaco-editor',
    dependencies: { 'monaco-editor': '^0.52.0' },
    code: mounts(
      `import * as monaco from 'monaco-editor';`,
      `monaco.editor.create(element, { value: 'const x = 1', language: 'javascript' });`,
    ),
    shows: { in: '.view-line span span', count: 2 },
  },
  {
    name: 'draft-js',
    dependencies: { 'draft-js': '^0.11.7' },
    code: `import { useState } from 'react';
import { ContentState, Editor, EditorState } from 'draft-js';
import 'draft-js/dist/Draft.css';
export default function App() { const [s, set] = useState(() => EditorState.createWithContent(ContentState.createFromText('drafted'))); return <Editor editorState={s} onChange={set} />; }`,
    shows: { in: '[data-contents]', text: 'drafted' },
  },
  {
    name: 'react-markdown',
    dependencies: {
      'react-markdown': '^9.0.0',
      'remark-gfm': '^4.0.0',
      'remark-math': '^6.0.0',
      'rehype-katex': '^7.0.0',
      'rehype-raw': '^7.0.0',
    },
    code: `import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import rehypeKatex from 'rehype-katex';
import rehypeRaw from 'rehype-raw';
export default () => <Markdown remarkPlugins={[remarkGfm, remarkMath]} rehypePlugins={[rehypeRaw, rehypeKatex]}>{'| a |\\n|-|\\n| cell |\\n\\n<b>raw</b> $x^2$'}</Markdown>;`,
    shows: { in: 'table td, b, .katex-html', count: 3 },
  },
  {
    name: 'marked',
    dependencies: { marked: '^14.0.0', 'markdown-it': '^14.1.0', showdown: '^2.1.0' },
    code: computes(
      `import { marked } from 'marked';
import MarkdownIt from 'markdown-it';
import showdown from 'showdown';`,
      `[marked.parse('*a*'), new MarkdownIt().renderInline('*b*'), new showdown.Converter().makeHtml('*c*')].join('')`,
    ),
    shows: { text: /<em>a<\/em>[\s\S]*<em>b<\/em>[\s\S]*<em>c<\/em>/ },
  },
  {
    name: 'prismjs',
    dependencies: { prismjs: '^1.29.0' },
    code: `import Prism from 'prismjs';
import 'prismjs/components/prism-python';
import 'prismjs/themes/prism.css';
export default () => <pre id="out"><code dangerouslySetInnerHTML={{ __html: Prism.highlight('def f(): pass', Prism.languages.python, 'python') }} /></pre>;`,
    shows: { in: '.token.keyword', style: ['color', 'rgb(0, 119, 170)'] },
  },
  {
    name: 'react-syntax-highlighter',
    dependencies: { 'react-syntax-highlighter': '^15.5.0' },
    code: `import { Prism, Light } from 'react-syntax-highlighter';
import js from 'react-syntax-highlighter/dist/esm/languages/hljs/javascript';
import { vscDarkPlus } from 'react-syntax-highlighter/dist/esm/styles/prism';
import { docco } from 'react-syntax-highlighter/dist/cjs/styles/hljs';
Light.registerLanguage('javascript', js);
export default () => <><Prism language="tsx" style={vscDarkPlus}>{'const a = 1;'}</Prism><Light language="javascript" style={docco}>{'let b = 2;'}</Light></>;`,
    shows: { in: 'code span[style*=color]', count: 4 },
  },
  {
    name: 'highlight.js',
    dependencies: { 'highlight.js': '^11.10.0' },
    code: `import hljs from 'highlight.js/lib/core';
import json from 'highlight.js/lib/languages/json';
import 'highlight.js/styles/github.css';
hljs.registerLanguage('json', json);
export default () => <pre id="out" className="hljs" dangerouslySetInnerHTML={{ __html: hljs.highlight('{"a": 1}', { language: 'json' }).value }} />;`,
    shows: { in: '.hljs-attr', style: ['color', 'rgb(0, 92, 197)'] },
  },
  {
    name: 'shiki',
    dependencies: { shiki: '^1.20.0' },
    code: mounts(
      `import { codeToHtml } from 'shiki';`,
      `codeToHtml('const a = 1', { lang: 'javascript', theme: 'nord' }).then((html) => { element.innerHTML = html; }, (e) => { element.textContent = String(e); });`,
    ),
    shows: { in: 'pre.shiki span span', count: 3 },
  },
  {
    name: 'prism-react-renderer',
    dependencies: { 'prism-react-renderer': '^2.4.0' },
    code: `import { Highlight, themes } from 'prism-react-renderer';
export default () => <Highlight code="const a = 1" language="tsx" theme={themes.vsDark}>{({ tokens, getTokenProps }) => <pre>{tokens.map((l) => l.map((t, i) => <span key={i} {...getTokenProps({ token: t })} />))}</pre>}</Highlight>;`,
    shows: { in: '.token.keyword', text: 'const' },
  },
  {
    name: 'katex',
    dependencies: { katex: '^0.16.0', 'react-katex': '^3.0.1' },
    code: `import 'katex/dist/katex.min.css';
import katex from 'katex';
import { BlockMath } from 'react-katex';
export default () => <><BlockMath math="\\frac{1}{2}" /><p id="out" dangerouslySetInnerHTML={{ __html: katex.renderToString('x^2') }} /></>;`,
    shows: { in: '.katex-html .mord', count: 3, text: '1' },
  },
];
