// Machine learning, Python and other things in WebAssembly.
import { type PageCase, writePage } from './page-case.ts';

/** A model that adds its input to itself, three numbers long. */
const doublingModel = 'CAdCAhANOjUKDgoBeAoBeBIBeSIDQWRkEgFnWg8KAXgSCgoICAESBAoCCANiDwoBeRIKCggIARIECgIIAw==';

export const learning: PageCase[] = [
  {
    name: 'TensorFlow.js with its WebAssembly backend',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.10.0/dist/tf.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs-backend-wasm@4.10.0/dist/tf-backend-wasm.min.js"></script>`,
      `<p id="out">loading</p>
<script>
tf.wasm.setWasmPaths('https://cdn.jsdelivr.net/npm/@tensorflow/tfjs-backend-wasm@4.10.0/dist/');
tf.setBackend('wasm').then(async () => {
  const product = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]]));
  document.getElementById('out').textContent = tf.getBackend() + ' ' + (await product.data())[0];
});
</script>`,
    ),
    shows: { text: 'wasm 11' },
  },
  {
    name: 'ONNX Runtime Web',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/onnxruntime-web@1.16.3/dist/ort.min.js"></script>',
      `<p id="out">loading</p>
<script>
(async () => {
  ort.env.wasm.numThreads = 1;
  const bytes = Uint8Array.from(atob('${doublingModel}'), c => c.charCodeAt(0));
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  const { y } = await session.run({ x: new ort.Tensor('float32', [1, 2, 3], [3]) });
  document.getElementById('out').textContent = Array.from(y.data).join(' ');
})();
</script>`,
    ),
    shows: { text: '2 4 6' },
  },
  {
    name: 'ONNX Runtime Web as an ES module that loads its own',
    html: writePage(
      '',
      `<p id="out">loading</p>
<script type="module">
import * as ort from 'https://cdn.jsdelivr.net/npm/onnxruntime-web@1.20.1/dist/ort.min.mjs';
ort.env.wasm.wasmPaths = 'https://cdn.jsdelivr.net/npm/onnxruntime-web@1.20.1/dist/';
ort.env.wasm.numThreads = 1;
const bytes = Uint8Array.from(atob('${doublingModel}'), c => c.charCodeAt(0));
const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
const { y } = await session.run({ x: new ort.Tensor('float32', [4, 5, 6], [3]) });
document.getElementById('out').textContent = Array.from(y.data).join(' ');
</script>`,
    ),
    shows: { text: '8 10 12' },
  },
  {
    name: 'MediaPipe’s tasks load their WebAssembly',
    html: writePage(
      '',
      `<p id="out">loading</p>
<script type="module">
import { FilesetResolver, DrawingUtils, HandLandmarker } from 'https://cdn.jsdelivr.net/npm/@mediapipe/tasks-vision@0.10.8';
const vision = await FilesetResolver.forVisionTasks('https://cdn.jsdelivr.net/npm/@mediapipe/tasks-vision@0.10.8/wasm');
const wasm = await fetch(vision.wasmBinaryPath);
document.getElementById('out').textContent = HandLandmarker.HAND_CONNECTIONS.length + ' ' + typeof DrawingUtils + ' ' + wasm.headers.get('content-type');
</script>`,
    ),
    shows: { text: '21 function application/wasm' },
  },
  {
    name: 'MediaPipe’s older hands with drawing utilities',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/@mediapipe/camera_utils/camera_utils.js" crossorigin="anonymous"></script>
<script src="https://cdn.jsdelivr.net/npm/@mediapipe/drawing_utils/drawing_utils.js" crossorigin="anonymous"></script>
<script src="https://cdn.jsdelivr.net/npm/@mediapipe/hands/hands.js" crossorigin="anonymous"></script>`,
      `<canvas id="out" width="200" height="100"></canvas>
<script>
const hands = new Hands({ locateFile: file => 'https://cdn.jsdelivr.net/npm/@mediapipe/hands/' + file });
hands.setOptions({ maxNumHands: 2 });
const context = document.getElementById('out').getContext('2d');
drawConnectors(context, [{ x: 0.1, y: 0.1 }, { x: 0.9, y: 0.9 }], [[0, 1]], { color: '#00FF00', lineWidth: 8 });
drawLandmarks(context, [{ x: 0.1, y: 0.1 }, { x: 0.9, y: 0.9 }], { color: '#FF0000', lineWidth: 3 });
</script>`,
    ),
    shows: { painted: true },
  },
  {
    name: 'ffmpeg.wasm by blob addresses',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/@ffmpeg/util@0.12.1/dist/umd/index.js"></script>',
      `<p id="out">loading</p>
<script type="module">
import { FFmpeg } from 'https://cdn.jsdelivr.net/npm/@ffmpeg/ffmpeg@0.12.10/+esm';
const { toBlobURL } = FFmpegUtil;
const core = 'https://cdn.jsdelivr.net/npm/@ffmpeg/core@0.12.6/dist/esm';
const ffmpeg = new FFmpeg();
const lines = [];
ffmpeg.on('log', ({ message }) => lines.push(message));
await ffmpeg.load({
  coreURL: await toBlobURL(core + '/ffmpeg-core.js', 'text/javascript'),
  wasmURL: await toBlobURL(core + '/ffmpeg-core.wasm', 'application/wasm'),
  classWorkerURL: URL.createObjectURL(new Blob(["import 'https://cdn.jsdelivr.net/npm/@ffmpeg/ffmpeg@0.12.10/dist/esm/worker.js';"], { type: 'text/javascript' })),
});
await ffmpeg.exec(['-version']);
document.getElementById('out').textContent = lines.find(line => line.startsWith('ffmpeg version'));
</script>`,
    ),
    shows: { text: 'ffmpeg version' },
  },
  {
    name: 'Pyodide with Python’s standard library',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/pyodide/v0.26.4/full/pyodide.js"></script>',
      `<p id="out">loading</p>
<script>
loadPyodide().then(pyodide => {
  document.getElementById('out').textContent = pyodide.runPython('import statistics; f"mean {statistics.mean([1, 2, 6])}"');
});
</script>`,
    ),
    shows: { text: 'mean 3' },
  },
  {
    name: 'SQLite with sql.js',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/sql.js/1.8.0/sql-wasm.js"></script>',
      `<p id="out">loading</p>
<script>
initSqlJs({ locateFile: file => 'https://cdnjs.cloudflare.com/ajax/libs/sql.js/1.8.0/' + file }).then(SQL => {
  const db = new SQL.Database();
  db.run("CREATE TABLE t (name TEXT, n INT); INSERT INTO t VALUES ('a', 3), ('b', 4);");
  document.getElementById('out').textContent = 'sum ' + db.exec('SELECT SUM(n) FROM t')[0].values[0][0];
});
</script>`,
    ),
    shows: { text: 'sum 7' },
  },
  {
    name: 'brain.js',
    html: writePage(
      '<script src="https://unpkg.com/brain.js@2.0.0-beta.23/dist/browser.js"></script>',
      `<p id="out"></p>
<script>
const net = new brain.NeuralNetwork({ hiddenLayers: [3] });
net.train([{ input: [0, 0], output: [0] }, { input: [1, 1], output: [1] }], { iterations: 500 });
document.getElementById('out').textContent = net.run([1, 1])[0] > 0.5 ? 'learnt' : 'not yet';
</script>`,
    ),
    shows: { text: 'learnt' },
  },
  {
    name: 'ml5',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/p5.js/1.9.0/p5.min.js"></script>
<script src="https://unpkg.com/ml5@0.12.2/dist/ml5.min.js"></script>`,
      `<p id="out"></p>
<script>document.getElementById('out').textContent = 'ml5 ' + ml5.version + ' ' + typeof ml5.neuralNetwork;</script>`,
    ),
    shows: { text: 'ml5 0.12.2 function' },
  },
  {
    name: 'compromise and natural language',
    html: writePage(
      '<script src="https://unpkg.com/compromise@14.10.0"></script>',
      `<p id="out"></p>
<script>document.getElementById('out').textContent = nlp('she walks to school').sentences().toPastTense().text();</script>`,
    ),
    shows: { text: 'she walked to school' },
  },
  {
    name: 'jsQR reads what QRCode wrote',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/jsqr@1.4.0/dist/jsQR.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/qrcodejs/1.0.0/qrcode.min.js"></script>`,
      `<div id="code" style="padding:20px;background:#fff"></div><p id="out"></p>
<script>
new QRCode(document.getElementById('code'), { text: 'read me', width: 128, height: 128 });
const source = document.querySelector('#code canvas');
const canvas = document.createElement('canvas');
canvas.width = canvas.height = 168;
const context = canvas.getContext('2d');
context.fillStyle = '#fff';
context.fillRect(0, 0, 168, 168);
context.drawImage(source, 20, 20);
document.getElementById('out').textContent = jsQR(context.getImageData(0, 0, 168, 168).data, 168, 168)?.data;
</script>`,
    ),
    shows: { text: 'read me' },
  },
];
