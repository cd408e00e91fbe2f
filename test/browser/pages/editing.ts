// More editors, tables, calendars and media players.
import { computesWith, type PageCase, writePage } from './page-case.ts';

export const editing: PageCase[] = [
  {
    name: 'Monaco from jsDelivr, whose worker checks TypeScript',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/monaco-editor@0.45.0/min/vs/loader.js"></script>',
      `<div id="container" style="height:200px"></div><p id="out">waiting</p>
<script>
require.config({ paths: { vs: 'https://cdn.jsdelivr.net/npm/monaco-editor@0.45.0/min/vs' } });
window.MonacoEnvironment = {
  getWorkerUrl: () => URL.createObjectURL(new Blob([
    "self.MonacoEnvironment = { baseUrl: 'https://cdn.jsdelivr.net/npm/monaco-editor@0.45.0/min/' }; importScripts('https://cdn.jsdelivr.net/npm/monaco-editor@0.45.0/min/vs/base/worker/workerMain.js');"
  ], { type: 'text/javascript' }))
};
require(['vs/editor/editor.main'], () => {
  monaco.editor.create(document.getElementById('container'), { value: 'const n: number = "x";', language: 'typescript' });
  monaco.editor.onDidChangeMarkers(() => {
    const [first] = monaco.editor.getModelMarkers({});
    if (first) document.getElementById('out').textContent = first.message;
  });
});
</script>`,
    ),
    shows: { text: "Type 'string' is not assignable to type 'number'." },
  },
  {
    name: 'MathLive',
    html: writePage(
      '<script defer src="https://unpkg.com/mathlive@0.98.6/dist/mathlive.min.js"></script>',
      `<math-field id="formula">\\frac{x}{2}</math-field><p id="out"></p>
<script>
customElements.whenDefined('math-field').then(() => {
  document.getElementById('out').textContent = document.getElementById('formula').getValue('ascii-math');
});
</script>`,
    ),
    shows: { text: /x\)?\/\(?2/ },
  },
  {
    name: 'CodeMirror 6 from esm.sh',
    html: writePage(
      '',
      `<div id="editor"></div>
<script type="module">
import { EditorView, basicSetup } from 'https://esm.sh/codemirror@6.0.1';
import { javascript } from 'https://esm.sh/@codemirror/lang-javascript@6.2.1';
import { oneDark } from 'https://esm.sh/@codemirror/theme-one-dark@6.1.2';
new EditorView({ doc: 'const x = "six";', extensions: [basicSetup, javascript(), oneDark], parent: document.getElementById('editor') });
</script>`,
    ),
    shows: { in: '.cm-line span', count: 2 },
  },
  {
    name: 'CodeMirror 6 by an import map with shared packages',
    html: writePage(
      `<script type="importmap">
{
  "imports": {
    "codemirror": "https://esm.sh/*codemirror@6.0.1",
    "@codemirror/autocomplete": "https://esm.sh/*@codemirror/autocomplete@6.18.0",
    "@codemirror/commands": "https://esm.sh/*@codemirror/commands@6.6.0",
    "@codemirror/language": "https://esm.sh/*@codemirror/language@6.10.2",
    "@codemirror/lint": "https://esm.sh/*@codemirror/lint@6.8.1",
    "@codemirror/search": "https://esm.sh/*@codemirror/search@6.5.6",
    "@codemirror/state": "https://esm.sh/*@codemirror/state@6.4.1",
    "@codemirror/view": "https://esm.sh/*@codemirror/view@6.29.0",
    "@lezer/common": "https://esm.sh/*@lezer/common@1.2.1",
    "@lezer/highlight": "https://esm.sh/*@lezer/highlight@1.2.0",
    "crelt": "https://esm.sh/*crelt@1.0.6",
    "style-mod": "https://esm.sh/*style-mod@4.1.2",
    "w3c-keyname": "https://esm.sh/*w3c-keyname@2.2.8"
  }
}
</script>`,
      `<div id="editor"></div>
<script type="module">
import { EditorView, basicSetup } from 'codemirror';
import { EditorState } from '@codemirror/state';
new EditorView({ state: EditorState.create({ doc: 'one\\ntwo', extensions: [basicSetup] }), parent: document.getElementById('editor') });
</script>`,
    ),
    shows: { in: '.cm-line', count: 2 },
  },
  {
    name: 'Ace with its workers and themes',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/ace/1.32.6/ace.js"></script>',
      `<div id="editor" style="height:150px">function f() { return 1; }</div>
<script>
const editor = ace.edit('editor');
editor.setTheme('ace/theme/monokai');
editor.session.setMode('ace/mode/javascript');
</script>`,
    ),
    shows: { in: '.ace_line .ace_storage', style: ['color', 'rgb(102, 217, 239)'] },
  },
  {
    name: 'TinyMCE from jsDelivr',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/tinymce@6.8.3/tinymce.min.js" referrerpolicy="origin"></script>',
      `<textarea id="editor">Hello</textarea>
<script>tinymce.init({ selector: '#editor', plugins: 'lists link', toolbar: 'bold italic | bullist', promotion: false, branding: false });</script>`,
    ),
    shows: { in: '.tox-tbtn', count: 3 },
  },
  {
    name: 'CKEditor 5',
    html: writePage(
      '<script src="https://cdn.ckeditor.com/ckeditor5/39.0.1/classic/ckeditor.js"></script>',
      `<div id="editor"><p>Some <strong>text</strong></p></div>
<script>ClassicEditor.create(document.querySelector('#editor'));</script>`,
    ),
    shows: { in: '.ck-editor__editable strong', text: 'text' },
  },
  {
    name: 'EasyMDE',
    html: writePage(
      `<link rel="stylesheet" href="https://unpkg.com/easymde@2.18.0/dist/easymde.min.css">
<script src="https://unpkg.com/easymde@2.18.0/dist/easymde.min.js"></script>`,
      `<textarea id="md"># Title</textarea>
<script>new EasyMDE({ element: document.getElementById('md'), spellChecker: false, autoDownloadFontAwesome: false });</script>`,
    ),
    shows: { in: '.CodeMirror-line', text: 'Title' },
  },
  {
    name: 'Editor.js with a tool',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/@editorjs/editorjs@2.28.2/dist/editorjs.umd.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/@editorjs/header@2.8.1/dist/header.umd.min.js"></script>`,
      `<div id="editorjs"></div>
<script>
new EditorJS({ holder: 'editorjs', tools: { header: Header }, data: { blocks: [{ type: 'header', data: { text: 'Heading', level: 2 } }] } });
</script>`,
    ),
    shows: { in: '#editorjs h2', text: 'Heading' },
  },
  {
    name: 'Quill 2 from jsDelivr',
    html: writePage(
      `<link href="https://cdn.jsdelivr.net/npm/quill@2.0.2/dist/quill.snow.css" rel="stylesheet">
<script src="https://cdn.jsdelivr.net/npm/quill@2.0.2/dist/quill.js"></script>`,
      `<div id="editor"><p>Hello <b>Quill</b></p></div>
<script>new Quill('#editor', { theme: 'snow' });</script>`,
    ),
    shows: { in: '.ql-editor strong', text: 'Quill' },
  },
  {
    name: 'Tiptap from esm.sh',
    html: writePage(
      '',
      `<div id="editor"></div>
<script type="module">
import { Editor } from 'https://esm.sh/@tiptap/core@2.2.4';
import StarterKit from 'https://esm.sh/@tiptap/starter-kit@2.2.4';
new Editor({ element: document.getElementById('editor'), extensions: [StarterKit], content: '<p>Hello <strong>Tiptap</strong></p>' });
</script>`,
    ),
    shows: { in: '.ProseMirror strong', text: 'Tiptap' },
  },
  {
    name: 'xterm.js with an add-on',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/xterm@5.3.0/css/xterm.min.css">
<script src="https://cdn.jsdelivr.net/npm/xterm@5.3.0/lib/xterm.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/xterm-addon-fit@0.8.0/lib/xterm-addon-fit.min.js"></script>`,
      `<div id="terminal" style="height:150px"></div>
<script>
const term = new Terminal();
const fit = new FitAddon.FitAddon();
term.loadAddon(fit);
term.open(document.getElementById('terminal'));
fit.fit();
term.write('Hello from \\x1B[1;3;31mxterm.js\\x1B[0m $ ');
</script>`,
    ),
    shows: { in: '.xterm-rows', text: /Hello.from.xterm\.js/ },
  },
  {
    name: 'AG Grid',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/ag-grid-community@31.0.0/dist/ag-grid-community.min.js"></script>',
      `<div id="grid" class="ag-theme-quartz" style="height:200px"></div>
<script>
agGrid.createGrid(document.getElementById('grid'), {
  rowData: [{ make: 'Tesla', price: 64950 }, { make: 'Ford', price: 33850 }],
  columnDefs: [{ field: 'make' }, { field: 'price' }]
});
</script>`,
    ),
    shows: { in: '.ag-row .ag-cell', count: 4, text: 'Tesla' },
  },
  {
    name: 'Handsontable',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/handsontable@13.1.0/dist/handsontable.full.min.js"></script>
<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/handsontable@13.1.0/dist/handsontable.full.min.css">`,
      `<div id="example"></div>
<script>
new Handsontable(document.getElementById('example'), { data: [['Ada', 1815], ['Alan', 1912]], colHeaders: true, licenseKey: 'non-commercial-and-evaluation' });
</script>`,
    ),
    shows: { in: '.htCore tbody td', count: 4, text: 'Ada' },
  },
  {
    name: 'Tabulator',
    html: writePage(
      `<link href="https://unpkg.com/tabulator-tables@5.5.2/dist/css/tabulator.min.css" rel="stylesheet">
<script src="https://unpkg.com/tabulator-tables@5.5.2/dist/js/tabulator.min.js"></script>`,
      `<div id="table"></div>
<script>new Tabulator('#table', { data: [{ id: 1, name: 'Billy' }, { id: 2, name: 'Mary' }], autoColumns: true });</script>`,
    ),
    shows: { in: '.tabulator-cell', count: 4 },
  },
  {
    name: 'Grid.js',
    html: writePage(
      `<link href="https://unpkg.com/gridjs/dist/theme/mermaid.min.css" rel="stylesheet">
<script src="https://unpkg.com/gridjs/dist/gridjs.umd.js"></script>`,
      `<div id="wrapper"></div>
<script>
new gridjs.Grid({ columns: ['Name', 'Age'], data: [['John', 30], ['Mark', 25]], search: true }).render(document.getElementById('wrapper'));
</script>`,
    ),
    shows: { in: '.gridjs-td', count: 4, text: 'John' },
  },
  {
    name: 'FullCalendar in one script',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/fullcalendar@6.1.10/index.global.min.js"></script>',
      `<div id="calendar"></div>
<script>
document.addEventListener('DOMContentLoaded', () => {
  new FullCalendar.Calendar(document.getElementById('calendar'), { initialView: 'dayGridMonth', initialDate: '2024-01-15', events: [{ title: 'Meeting', start: '2024-01-17' }] }).render();
});
</script>`,
    ),
    shows: { in: '.fc-event-title', text: 'Meeting' },
  },
  {
    name: 'Flatpickr with a locale',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/flatpickr/dist/flatpickr.min.css">
<script src="https://cdn.jsdelivr.net/npm/flatpickr"></script>
<script src="https://npmcdn.com/flatpickr/dist/l10n/fr.js"></script>`,
      `<input id="date"><script>flatpickr('#date', { inline: true, locale: 'fr', defaultDate: '2024-02-01' });</script>`,
    ),
    shows: { in: '.flatpickr-weekday', count: 7, text: /lun/i },
  },
  {
    name: 'Select2',
    html: writePage(
      `<link href="https://cdn.jsdelivr.net/npm/select2@4.1.0-rc.0/dist/css/select2.min.css" rel="stylesheet">
<script src="https://code.jquery.com/jquery-3.7.1.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/select2@4.1.0-rc.0/dist/js/select2.min.js"></script>`,
      `<select id="s"><option>Apple</option><option selected>Pear</option></select>
<script>$('#s').select2();</script>`,
    ),
    shows: { in: '.select2-selection__rendered', text: 'Pear' },
  },
  {
    name: 'Choices and Tom Select',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/choices.js/public/assets/styles/choices.min.css">
<script src="https://cdn.jsdelivr.net/npm/choices.js/public/assets/scripts/choices.min.js"></script>
<link href="https://cdn.jsdelivr.net/npm/tom-select@2.3.1/dist/css/tom-select.css" rel="stylesheet">
<script src="https://cdn.jsdelivr.net/npm/tom-select@2.3.1/dist/js/tom-select.complete.min.js"></script>`,
      `<select id="a"><option>One</option></select><select id="b"><option>Two</option></select>
<script>new Choices('#a'); new TomSelect('#b');</script>`,
    ),
    shows: { in: '.choices__item, .ts-control .item', count: 2 },
  },
  {
    name: 'GridStack',
    html: writePage(
      `<link href="https://cdn.jsdelivr.net/npm/gridstack@10.0.1/dist/gridstack.min.css" rel="stylesheet">
<script src="https://cdn.jsdelivr.net/npm/gridstack@10.0.1/dist/gridstack-all.js"></script>`,
      `<div class="grid-stack"></div>
<script>GridStack.init().load([{ x: 0, w: 2, content: 'A' }, { x: 2, w: 3, content: 'B' }]);</script>`,
    ),
    shows: { in: '.grid-stack-item-content', count: 2, text: 'A' },
  },
  {
    name: 'Video.js',
    html: writePage(
      `<link href="https://vjs.zencdn.net/8.6.1/video-js.css" rel="stylesheet">
<script src="https://vjs.zencdn.net/8.6.1/video.min.js"></script>`,
      `<video id="player" class="video-js" controls width="320" height="180"></video>
<script>videojs('player');</script>`,
    ),
    shows: { in: '.video-js .vjs-big-play-button' },
  },
  {
    name: 'hls.js',
    html: computesWith(
      '<script src="https://cdn.jsdelivr.net/npm/hls.js@latest"></script>',
      "Hls.isSupported() ? 'hls ' + typeof new Hls().loadSource : 'no'",
    ),
    shows: { text: 'hls function' },
  },
  {
    name: 'dash.js from its own CDN',
    html: computesWith(
      '<script src="https://cdn.dashjs.org/v4.7.4/dash.all.min.js"></script>',
      "'dash ' + dashjs.MediaPlayer().create().getVersion()",
    ),
    shows: { text: 'dash 4.7.4' },
  },
  {
    name: 'Plyr',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.plyr.io/3.7.8/plyr.css">
<script src="https://cdn.plyr.io/3.7.8/plyr.js"></script>`,
      `<video id="player" playsinline controls></video>
<script>new Plyr('#player', { iconUrl: 'https://cdn.plyr.io/3.7.8/plyr.svg' });</script>`,
    ),
    shows: { in: '.plyr--video .plyr__controls' },
  },
  {
    name: 'WaveSurfer as an ES module',
    html: writePage(
      '',
      `<div id="waveform"></div><p id="out"></p>
<script type="module">
import WaveSurfer from 'https://unpkg.com/wavesurfer.js@7.6.5/dist/wavesurfer.esm.js';
const wave = WaveSurfer.create({ container: '#waveform', waveColor: '#4F4A85', peaks: [[0, 0.5, 1, 0.3, 0.8]], duration: 5 });
wave.on('ready', () => { document.getElementById('out').textContent = wave.getDuration() + ' seconds'; });
</script>`,
    ),
    shows: { text: '5 seconds' },
  },
];
