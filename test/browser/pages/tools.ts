// Data, dates, files and dialogs.
import { computesWith, type PageCase, writePage } from './page-case.ts';

export const tools: PageCase[] = [
  {
    name: 'lodash',
    html: computesWith(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/lodash.js/4.17.21/lodash.min.js" integrity="sha512-WFN04846sdKMIP5LKNphMaWzU7YpMyCU245etK3g/2ARYbPK9Ub18eG+ljU96qKRCWh+quCY7yefSmlkQw1ANQ==" crossorigin="anonymous"></script>',
      `_.join(_.map(_.chunk(_.range(6), 2), pair => _.sum(pair)), '-')`,
    ),
    shows: { text: '1-5-9' },
  },
  {
    name: 'Moment.js with its locales',
    html: computesWith(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/moment.js/2.29.4/moment-with-locales.min.js"></script>',
      `moment('2024-02-29').locale('de').add(1, 'year').format('LL')`,
    ),
    shows: { text: '28. Februar 2025' },
  },
  {
    name: 'Day.js with a plugin',
    html: computesWith(
      `<script src="https://cdn.jsdelivr.net/npm/dayjs@1/dayjs.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/dayjs@1/plugin/relativeTime.js"></script>`,
      `(dayjs.extend(dayjs_plugin_relativeTime), dayjs('2024-01-01').to(dayjs('2024-01-04')))`,
    ),
    shows: { text: 'in 3 days' },
  },
  {
    name: 'axios fetches JSON',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/axios/dist/axios.min.js"></script>',
      `<p id="out">waiting</p>
<script>
axios.get('https://unpkg.com/axios@1.6.0/package.json').then(({ data, status }) => {
  document.getElementById('out').textContent = status + ' ' + data.name + ' ' + data.version;
});
</script>`,
    ),
    shows: { text: '200 axios 1.6.0' },
  },
  {
    name: 'Papa Parse',
    html: computesWith(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/PapaParse/5.4.1/papaparse.min.js"></script>',
      `JSON.stringify(Papa.parse('a,b\\n1,"x, y"', { header: true, dynamicTyping: true }).data)`,
    ),
    shows: { text: '[{"a":1,"b":"x, y"}]' },
  },
  {
    name: 'SheetJS',
    html: computesWith(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/xlsx/0.18.5/xlsx.full.min.js"></script>',
      `XLSX.utils.sheet_to_csv(XLSX.read(XLSX.write({ SheetNames: ['s'], Sheets: { s: XLSX.utils.aoa_to_sheet([['n', 1]]) } }, { type: 'base64' }), { type: 'base64' }).Sheets.s)`,
    ),
    shows: { text: 'n,1' },
  },
  {
    name: 'JSZip and FileSaver',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/jszip/3.10.1/jszip.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/FileSaver.js/2.0.5/FileSaver.min.js"></script>`,
      `<p id="out">waiting</p>
<script>
const zip = new JSZip();
zip.file('hello.txt', 'Hello from a zip');
zip.generateAsync({ type: 'blob' })
  .then(blob => JSZip.loadAsync(blob))
  .then(read => read.file('hello.txt').async('string'))
  .then(text => { document.getElementById('out').textContent = text + ', ' + typeof saveAs; });
</script>`,
    ),
    shows: { text: 'Hello from a zip, function' },
  },
  {
    name: 'jsPDF and html2canvas',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/jspdf/2.5.1/jspdf.umd.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/html2canvas/1.4.1/html2canvas.min.js"></script>`,
      `<div id="card" style="width:120px;height:60px;background:tomato">Card</div>
<p id="out">waiting</p>
<script>
html2canvas(document.getElementById('card'), { logging: false }).then(canvas => {
  const { jsPDF } = window.jspdf;
  const doc = new jsPDF();
  doc.addImage(canvas.toDataURL('image/png'), 'PNG', 10, 10, 60, 30);
  const red = canvas.getContext('2d').getImageData(100, 40, 1, 1).data[0];
  document.getElementById('out').textContent = doc.output().slice(0, 5) + ' ' + red;
});
</script>`,
    ),
    shows: { text: '%PDF- 255' },
  },
  {
    name: 'PDF.js with its worker',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/pdf.js/3.11.174/pdf.min.js"></script>',
      `<canvas id="out" width="200" height="200"></canvas>
<script>
pdfjsLib.GlobalWorkerOptions.workerSrc = 'https://cdnjs.cloudflare.com/ajax/libs/pdf.js/3.11.174/pdf.worker.min.js';
const source = '%PDF-1.4\\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj 4 0 obj<</Length 58>>stream\\n1 0 0 rg 20 20 80 80 re f 0 0 1 rg 120 120 60 60 re f      \\nendstream endobj trailer<</Root 1 0 R>>';
pdfjsLib.getDocument({ data: new TextEncoder().encode(source) }).promise
  .then(pdf => pdf.getPage(1))
  .then(page => page.render({ canvasContext: document.getElementById('out').getContext('2d'), viewport: page.getViewport({ scale: 1 }) }));
</script>`,
    ),
    shows: { painted: true },
  },
  {
    name: 'SweetAlert2',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/sweetalert2@11"></script>',
      `<script>Swal.fire({ title: 'Saved', icon: 'success' });</script>`,
    ),
    shows: { in: '.swal2-popup', style: ['display', 'grid'] },
  },
  {
    name: 'Toastr',
    html: writePage(
      `<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/toastr.js/2.1.4/toastr.min.css">
<script src="https://cdnjs.cloudflare.com/ajax/libs/jquery/3.6.0/jquery.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/toastr.js/2.1.4/toastr.min.js"></script>`,
      `<script>toastr.success('Stored', '', { timeOut: 0 });</script>`,
    ),
    shows: { in: '.toast-success', style: ['background-color', 'rgb(81, 163, 81)'] },
  },
  {
    name: 'Swiper',
    html: writePage(
      '<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/swiper@11/swiper-bundle.min.css" />',
      `<div class="swiper" style="width:300px;height:100px"><div class="swiper-wrapper"><div class="swiper-slide">1</div><div class="swiper-slide">2</div></div><div class="swiper-button-next"></div></div>
<script src="https://cdn.jsdelivr.net/npm/swiper@11/swiper-bundle.min.js"></script>
<script>new Swiper('.swiper', { navigation: { nextEl: '.swiper-button-next' } });</script>`,
    ),
    shows: { press: '.swiper-button-next', in: '.swiper-slide-active', text: '2' },
  },
  {
    name: 'SortableJS and QRCode.js',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/sortablejs@latest/Sortable.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/qrcodejs/1.0.0/qrcode.min.js"></script>`,
      `<ul id="list"><li>a</li><li>b</li></ul><div id="out"></div>
<script>
new Sortable(document.getElementById('list'));
new QRCode(document.getElementById('out'), { text: Sortable.version, width: 128, height: 128, colorDark: '#aa0000' });
</script>`,
    ),
    shows: { in: '#out img[src^="data:image/png"]' },
  },
  {
    name: 'TensorFlow.js',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.10.0/dist/tf.min.js"></script>',
      `<p id="out">waiting</p>
<script>
tf.setBackend('cpu').then(() => {
  document.getElementById('out').textContent = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync()[0];
});
</script>`,
    ),
    shows: { text: '11' },
  },
  {
    name: 'math.js',
    html: computesWith(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/mathjs/11.8.0/math.min.js"></script>',
      `math.derivative('x^2 + 3x', 'x').toString()`,
    ),
    shows: { text: '2 * x + 3' },
  },
];
