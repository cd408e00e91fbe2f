// Documents, images and sound.
import { computes, mounts, type PackageCase } from './package-case.ts';

export const media: PackageCase[] = [
  {
    name: 'jspdf',
    dependencies: { jspdf: '^2.5.2', 'jspdf-autotable': '^3.8.0' },
    code: `import { jsPDF } from 'jspdf';
import autoTable from 'jspdf-autotable';
const doc = new jsPDF();
doc.text('Hello', 10, 10);
autoTable(doc, { head: [['A']], body: [['1']] });
export default () => <p id="out">{doc.output().slice(0, 5)} {doc.lastAutoTable.finalY > 10 ? 'table' : ''}</p>;`,
    shows: { text: '%PDF- table' },
  },
  {
    name: 'pdf-lib',
    dependencies: { 'pdf-lib': '^1.17.1' },
    code: mounts(
      `import { PDFDocument, StandardFonts } from 'pdf-lib';`,
      `PDFDocument.create().then(async (d) => { d.addPage().drawText('x', { font: await d.embedFont(StandardFonts.Helvetica) }); element.textContent = 'bytes ' + ((await d.save()).length > 500); });`,
    ),
    shows: { text: 'bytes true' },
  },
  {
    name: 'pdfjs-dist',
    dependencies: { 'pdfjs-dist': '^4.7.0', jspdf: '^2.5.2' },
    code: mounts(
      `import * as pdfjs from 'pdfjs-dist';
import { jsPDF } from 'jspdf';
import 'pdfjs-dist/build/pdf.worker.min.mjs';`,
      `const doc = new jsPDF();
    doc.text('Readable', 10, 10);
    pdfjs.getDocument({ data: doc.output('arraybuffer') }).promise.then((d) => d.getPage(1)).then((p) => p.getTextContent()).then((t) => { element.textContent = t.items[0].str; }, (e) => { element.textContent = String(e); });`,
    ),
    shows: { text: 'Readable' },
  },
  {
    name: '@react-pdf/renderer',
    dependencies: { '@react-pdf/renderer': '^4.0.0' },
    code: mounts(
      `import { Document, Page, Text, pdf } from '@react-pdf/renderer';`,
      `pdf(<Document><Page><Text>hi</Text></Page></Document>).toBlob().then((b) => { element.textContent = 'pdf ' + (b.size > 500); }, (e) => { element.textContent = String(e.stack); });`,
    ),
    shows: { text: 'pdf true' },
  },
  {
    name: 'html2canvas',
    dependencies: { html2canvas: '^1.4.1', 'html-to-image': '^1.11.11' },
    code: mounts(
      `import html2canvas from 'html2canvas';
import { toPng } from 'html-to-image';`,
      `const box = document.createElement('p');
    box.textContent = 'photographed';
    box.style.background = 'red';
    document.body.append(box);
    html2canvas(box).then(async (c) => { element.append(c); c.title = (await toPng(box)).slice(0, 14); });`,
    ),
    shows: { in: '#out canvas[title="data:image/png"]', painted: true },
  },
  {
    name: 'qrcode',
    dependencies: { 'qrcode.react': '^4.0.0', qrcode: '^1.5.4', jsbarcode: '^3.11.6' },
    code: mounts(
      `import { QRCodeSVG } from 'qrcode.react';
import QRCode from 'qrcode';
import JsBarcode from 'jsbarcode';
import { renderToStaticMarkup } from 'react-dom/server';`,
      `element.innerHTML = renderToStaticMarkup(<QRCodeSVG value="x" />) + '<svg id="bar"></svg>';
    JsBarcode('#bar', '123');
    QRCode.toDataURL('hello').then((u) => { const i = new Image(); i.src = u; i.id = 'qr'; element.append(i); });`,
    ),
    shows: { in: '#qr[src^="data:image/png"], #bar rect, #out > svg path', count: 3 },
  },
  {
    name: 'tone',
    dependencies: { tone: '^15.0.0' },
    code: computes(
      `import * as Tone from 'tone';`,
      `Tone.Frequency('A4').toFrequency() + typeof new Tone.Synth().triggerAttack`,
    ),
    shows: { text: '440function' },
  },
  {
    name: 'howler',
    dependencies: { howler: '^2.2.4' },
    code: computes(
      `import { Howl, Howler } from 'howler';`,
      `Howler.codecs('mp3') + ' ' + new Howl({ src: ['data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA='] }).state()`,
    ),
    shows: { text: /(true|false) load/ },
  },
  {
    name: 'wavesurfer.js',
    dependencies: { 'wavesurfer.js': '^7.8.0' },
    code: mounts(
      `import WaveSurfer from 'wavesurfer.js';`,
      `WaveSurfer.create({ container: element, peaks: [[0, 1, 0.5, 1]], duration: 4 });`,
    ),
    shows: { in: '#out > div', count: 1 },
  },
  {
    name: '@ffmpeg/ffmpeg: a worker of a package',
    dependencies: { '@ffmpeg/ffmpeg': '^0.12.10' },
    code: mounts(
      `import { FFmpeg } from '@ffmpeg/ffmpeg';`,
      `new FFmpeg().load({ coreURL: 'data:text/javascript,export%20default%20null' }).catch((e) => { element.textContent = String(e); });`,
    ),
    shows: { text: 'failed to import ffmpeg-core.js' },
  },
  {
    name: 'react-dom/server',
    dependencies: {},
    code: computes(
      `import { renderToString } from 'react-dom/server';
import { flushSync, createPortal } from 'react-dom';
import { act } from 'react-dom/test-utils';`,
      `renderToString(<b>x</b>) + typeof flushSync + typeof createPortal + typeof act`,
    ),
    shows: { text: '<b>x</b>functionfunctionfunction' },
  },
  {
    name: 'lil-gui',
    dependencies: { 'lil-gui': '^0.19.0', tweakpane: '^4.0.0', leva: '^0.9.35', 'stats.js': '^0.17.0' },
    code: mounts(
      `import GUI from 'lil-gui';
import { Pane } from 'tweakpane';
import Stats from 'stats.js';
import { Leva } from 'leva';`,
      `const o = { speed: 3 };
    new GUI({ container: element }).add(o, 'speed', 0, 10);
    new Pane({ container: element }).addBinding(o, 'speed');
    element.append(new Stats().dom);
    element.title = typeof Leva;`,
    ),
    shows: { in: '.lil-gui input, .tp-txtv input, #out canvas', count: 3 },
  },
  {
    name: 'roughjs',
    dependencies: { roughjs: '^4.6.6', 'two.js': '^0.8.14', '@svgdotjs/svg.js': '^3.2.4' },
    code: mounts(
      `import rough from 'roughjs';
import Two from 'two.js';
import { SVG } from '@svgdotjs/svg.js';`,
      `const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    element.append(s);
    s.append(rough.svg(s).rectangle(5, 5, 90, 90));
    const two = new Two({ width: 100, height: 100 }).appendTo(element);
    two.makeCircle(50, 50, 20);
    two.update();
    SVG().addTo(element).rect(10, 10);`,
    ),
    shows: { in: '#out svg', count: 3 },
  },
];
