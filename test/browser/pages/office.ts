// What LibreChat opens for Word and PowerPoint files and for Markdown: scripts from jsDelivr under their checksums, in a page whose
// own content policy allows nothing else.
import { writeDocx, writePptx } from './office-files.ts';
import { type PageCase, writePage } from './page-case.ts';

const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' https://cdn.jsdelivr.net; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src 'none'">`;

const script = (file: string, checksum: string): string =>
  `<script src="https://cdn.jsdelivr.net/npm/${file}" integrity="sha384-${checksum}" crossorigin="anonymous"></script>`;

const jszip = script(
  'jszip@3.10.1/dist/jszip.min.js',
  '+mbV2IY1Zk/X1p/nWllGySJSUN8uMs+gUAN10Or95UBH0fpj6GfKgPmgC5EXieXG',
);
const docxPreview = script(
  'docx-preview@0.3.7/dist/docx-preview.min.js',
  'Fw+ZM2MtvxCe867uRzZY5GtGP+gs0NLvrlJS768RZWuKhOHMN4Fln3i3gMt1NSyQ',
);
const pptxPreview = script(
  'pptx-preview@1.0.7/dist/pptx-preview.umd.js',
  'CwntHHT2FbwZXuCmbf6K93YaEB9xRVVLaqFJ7pdMykeQABb/3MA0sbt2lGbgi1Mr',
);
const marked = script(
  'marked@15.0.12/marked.min.js',
  '948ahk4ZmxYVYOc+rxN1H2gM1EJ2Duhp7uHtZ4WSLkV4Vtx5MUqnV+l7u9B+jFv+',
);

/** A page that carries a file in itself and hands its bytes to the renderer. */
function carry(scripts: string, file: Buffer, render: string): string {
  return writePage(
    `${policy}\n${scripts}`,
    `<div id="out"></div>
<script id="file" type="application/octet-stream">${file.toString('base64')}</script>
<script>
const bytes = Uint8Array.from(atob(document.getElementById('file').textContent), letter => letter.charCodeAt(0));
${render}
</script>`,
  );
}

export const office: PageCase[] = [
  {
    name: 'A Word document',
    html: carry(
      jszip + docxPreview,
      writeDocx('Quarterly report', ['Revenue', '42']),
      `docx.renderAsync(bytes.buffer, document.getElementById('out'));`,
    ),
    shows: { in: '#out section.docx table td', count: 2, text: 'Revenue' },
  },
  {
    name: 'A presentation',
    html: carry(
      jszip + pptxPreview,
      writePptx('A slide of its own'),
      `pptxPreview.init(document.getElementById('out'), { width: 640, height: 480 }).preview(bytes.buffer);`,
    ),
    shows: { in: '#out .pptx-preview-slide-wrapper', text: 'A slide of its own', painted: true },
  },
  {
    name: 'A Markdown document',
    html: writePage(
      `${policy}\n${marked}`,
      `<div id="out"></div>
<script>document.getElementById('out').innerHTML = marked.parse('# Notes\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |');</script>`,
    ),
    shows: { in: '#out td', count: 2 },
  },
];
