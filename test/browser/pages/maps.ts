// Maps, and charts of less common libraries.
import { type PageCase, writePage } from './page-case.ts';

const tiles = /tile\.openstreetmap\.org/;

export const maps: PageCase[] = [
  {
    name: 'Leaflet with clusters',
    html: writePage(
      `<link rel="stylesheet" href="https://unpkg.com/leaflet@1.9.4/dist/leaflet.css">
<link rel="stylesheet" href="https://unpkg.com/leaflet.markercluster@1.5.3/dist/MarkerCluster.css">
<link rel="stylesheet" href="https://unpkg.com/leaflet.markercluster@1.5.3/dist/MarkerCluster.Default.css">
<script src="https://unpkg.com/leaflet@1.9.4/dist/leaflet.js"></script>
<script src="https://unpkg.com/leaflet.markercluster@1.5.3/dist/leaflet.markercluster.js"></script>`,
      `<div id="map" style="width:400px;height:300px"></div>
<script>
const map = L.map('map', { maxZoom: 18 }).setView([51.5, -0.1], 5);
const group = L.markerClusterGroup({ animate: false });
for (let i = 0; i < 5; i++) group.addLayer(L.marker([51.5 + i / 100, -0.1]));
map.addLayer(group);
</script>`,
    ),
    shows: { in: '.marker-cluster', text: '5' },
  },
  {
    name: 'Leaflet with a heat map and a drawing tool',
    html: writePage(
      `<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/leaflet/1.9.4/leaflet.min.css">
<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/leaflet.draw/1.0.4/leaflet.draw.css">
<script src="https://cdnjs.cloudflare.com/ajax/libs/leaflet/1.9.4/leaflet.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/leaflet.draw/1.0.4/leaflet.draw.js"></script>
<script src="https://unpkg.com/leaflet.heat@0.2.0/dist/leaflet-heat.js"></script>`,
      `<div id="map" style="width:400px;height:300px"></div>
<script>
const map = L.map('map').setView([10, 10], 5);
L.heatLayer([[10, 10, 1], [10.5, 10.2, 1]], { radius: 40 }).addTo(map);
map.addControl(new L.Control.Draw());
</script>`,
    ),
    shows: { in: '.leaflet-draw-draw-polygon, .leaflet-heatmap-layer', count: 2 },
  },
  {
    name: 'Leaflet with full screen and a mini map, from GitHub and npm',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet.min.css">
<script src="https://cdn.jsdelivr.net/gh/Leaflet/Leaflet@v1.9.4/dist/leaflet.js"></script>
<script src="https://cdn.jsdelivr.net/npm/leaflet.fullscreen@2.4.0/Control.FullScreen.js"></script>`,
      `<div id="map" style="width:400px;height:300px"></div>
<script>
const map = L.map('map', { fullscreenControl: true }).setView([0, 0], 2);
L.tileLayer('https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png').addTo(map);
</script>`,
    ),
    shows: { in: '.leaflet-control-zoom-fullscreen' },
    beyondReach: tiles,
  },
  {
    name: 'MapLibre with a style of its own',
    html: writePage(
      `<link href="https://unpkg.com/maplibre-gl@3.6.2/dist/maplibre-gl.css" rel="stylesheet">
<script src="https://unpkg.com/maplibre-gl@3.6.2/dist/maplibre-gl.js"></script>`,
      `<div id="map" style="width:300px;height:200px"></div><p id="out">loading</p>
<script>
const square = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[-20, -20], [20, -20], [20, 20], [-20, 20], [-20, -20]]] } };
const map = new maplibregl.Map({ container: 'map', center: [0, 0], zoom: 1, style: { version: 8, sources: { square: { type: 'geojson', data: square } }, layers: [
  { id: 'sea', type: 'background', paint: { 'background-color': '#88c' } },
  { id: 'square', type: 'fill', source: 'square', paint: { 'fill-color': '#c33' } }
] } });
map.on('idle', () => { document.getElementById('out').textContent = map.queryRenderedFeatures({ layers: ['square'] }).length + ' squares'; });
</script>`,
    ),
    shows: { text: /[1-9] square/ },
  },
  {
    name: 'OpenLayers',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/ol@v8.2.0/ol.css">
<script src="https://cdn.jsdelivr.net/npm/ol@v8.2.0/dist/ol.js"></script>`,
      `<div id="map" style="width:300px;height:200px"></div>
<script>
const feature = new ol.Feature(new ol.geom.Circle([0, 0], 2000000));
new ol.Map({ target: 'map', layers: [new ol.layer.Vector({ source: new ol.source.Vector({ features: [feature] }), style: { 'fill-color': '#c33', 'stroke-color': '#33c', 'stroke-width': 8 } })], view: new ol.View({ center: [0, 0], zoom: 2 }) });
</script>`,
    ),
    shows: { in: '#map canvas', painted: true },
  },
  {
    name: 'Cesium without its services',
    html: writePage(
      `<script src="https://cesium.com/downloads/cesiumjs/releases/1.111/Build/Cesium/Cesium.js"></script>
<link href="https://cesium.com/downloads/cesiumjs/releases/1.111/Build/Cesium/Widgets/widgets.css" rel="stylesheet">`,
      `<div id="cesium" style="width:300px;height:200px"></div><p id="out">loading</p>
<script>
const viewer = new Cesium.Viewer('cesium', { baseLayer: false, baseLayerPicker: false, geocoder: false, timeline: false, animation: false, infoBox: false });
viewer.entities.add({ position: Cesium.Cartesian3.fromDegrees(0, 0, 100), point: { pixelSize: 20, color: Cesium.Color.RED } });
viewer.scene.postRender.addEventListener(() => { document.getElementById('out').textContent = 'rendered ' + viewer.entities.values.length; });
</script>`,
    ),
    shows: { text: 'rendered 1' },
  },
  {
    name: 'deck.gl',
    html: writePage(
      '<script src="https://unpkg.com/deck.gl@8.9.33/dist.min.js"></script>',
      `<div id="map" style="position:relative;width:300px;height:200px"></div><p id="out">loading</p>
<script>
new deck.DeckGL({ container: 'map', initialViewState: { longitude: 0, latitude: 0, zoom: 1 }, controller: true,
  layers: [new deck.ScatterplotLayer({ data: [{ at: [0, 0] }], getPosition: d => d.at, getRadius: 1000000, getFillColor: [255, 0, 0] })],
  onAfterRender: () => { document.getElementById('out').textContent = 'rendered'; } });
</script>`,
    ),
    shows: { text: 'rendered' },
  },
  {
    name: 'Vega-Lite with a data set of Vega’s',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/vega@5"></script>
<script src="https://cdn.jsdelivr.net/npm/vega-lite@5"></script>
<script src="https://cdn.jsdelivr.net/npm/vega-embed@6"></script>`,
      `<div id="vis"></div>
<script>
vegaEmbed('#vis', { data: { url: 'https://cdn.jsdelivr.net/npm/vega-datasets@2/data/cars.json' }, mark: 'bar', encoding: { x: { field: 'Origin', type: 'nominal' }, y: { aggregate: 'count' } } }, { renderer: 'svg', actions: false });
</script>`,
    ),
    shows: { in: '#vis .mark-rect path', count: 3 },
  },
  {
    name: 'Observable Plot',
    html: writePage(
      '',
      `<div id="plot"></div>
<script type="module">
import * as Plot from 'https://cdn.jsdelivr.net/npm/@observablehq/plot@0.6/+esm';
document.getElementById('plot').append(Plot.barY([{ x: 'a', y: 3 }, { x: 'b', y: 5 }], { x: 'x', y: 'y' }).plot());
</script>`,
    ),
    shows: { in: '#plot [aria-label="bar"] rect', count: 2 },
  },
  {
    name: 'Highcharts with modules',
    html: writePage(
      `<script src="https://code.highcharts.com/11.2.0/highcharts.js"></script>
<script src="https://code.highcharts.com/11.2.0/modules/exporting.js"></script>
<script src="https://code.highcharts.com/11.2.0/highcharts-more.js"></script>`,
      `<div id="container" style="width:400px;height:200px"></div>
<script>Highcharts.chart('container', { title: { text: 'Sales' }, series: [{ type: 'column', data: [1, 3, 2], animation: false }] });</script>`,
    ),
    shows: { in: '.highcharts-point', count: 3 },
  },
  {
    name: 'Lightweight Charts',
    html: writePage(
      '<script src="https://unpkg.com/lightweight-charts@4.1.3/dist/lightweight-charts.standalone.production.js"></script>',
      `<div id="chart"></div>
<script>
const chart = LightweightCharts.createChart(document.getElementById('chart'), { width: 300, height: 200 });
chart.addLineSeries().setData([{ time: '2024-01-01', value: 3 }, { time: '2024-01-02', value: 6 }]);
</script>`,
    ),
    shows: { in: '#chart canvas', count: 4 },
  },
  {
    name: 'uPlot',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/uplot@1.6.30/dist/uPlot.min.css">
<script src="https://cdn.jsdelivr.net/npm/uplot@1.6.30/dist/uPlot.iife.min.js"></script>`,
      `<script>new uPlot({ width: 300, height: 150, series: [{}, { label: 'Speed', stroke: 'red' }] }, [[1, 2, 3], [4, 1, 5]], document.body);</script>`,
    ),
    shows: { in: '.u-legend .u-label', count: 2 },
  },
  {
    name: 'vis-timeline',
    html: writePage(
      `<script src="https://unpkg.com/vis-timeline@7.7.3/standalone/umd/vis-timeline-graph2d.min.js"></script>
<link href="https://unpkg.com/vis-timeline@7.7.3/styles/vis-timeline-graph2d.min.css" rel="stylesheet">`,
      `<div id="timeline"></div>
<script>new vis.Timeline(document.getElementById('timeline'), new vis.DataSet([{ id: 1, content: 'Start', start: '2024-01-01' }, { id: 2, content: 'End', start: '2024-02-01' }]), {});</script>`,
    ),
    shows: { in: '.vis-item-content', count: 2 },
  },
  {
    name: 'Markmap, which loads what it needs by itself',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/markmap-autoloader@0.18"></script>',
      `<div class="markmap" style="width:400px;height:200px"><script type="text/template">
# Root
## One
## Two
</script></div>`,
    ),
    shows: { in: '.markmap-node', count: 3 },
  },
  {
    name: 'JSXGraph',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/jsxgraph@1.8.0/distrib/jsxgraph.css">
<script src="https://cdn.jsdelivr.net/npm/jsxgraph@1.8.0/distrib/jsxgraphcore.js"></script>`,
      `<div id="box" class="jxgbox" style="width:300px;height:200px"></div>
<script>
const board = JXG.JSXGraph.initBoard('box', { boundingbox: [-5, 5, 5, -5], axis: true });
board.create('point', [1, 2], { name: 'P' });
</script>`,
    ),
    shows: { in: '#box svg ellipse' },
  },
  {
    name: 'VexFlow',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/vexflow@4.2.2/build/cjs/vexflow.js"></script>',
      `<div id="out"></div>
<script>
const { Renderer, Stave } = Vex.Flow;
const renderer = new Renderer(document.getElementById('out'), Renderer.Backends.SVG);
renderer.resize(300, 120);
new Stave(10, 10, 250).addClef('treble').addTimeSignature('4/4').setContext(renderer.getContext()).draw();
</script>`,
    ),
    shows: { in: '#out svg path', count: 6 },
  },
  {
    name: 'PptxGenJS from GitHub',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/gh/gitbrent/pptxgenjs@3.12.0/dist/pptxgen.bundle.js"></script>',
      `<p id="out"></p>
<script>
const deck = new PptxGenJS();
deck.addSlide().addText('Hi', { x: 1, y: 1 });
deck.write({ outputType: 'blob' }).then(blob => { document.getElementById('out').textContent = blob.size > 10000 ? 'a presentation' : 'empty'; });
</script>`,
    ),
    shows: { text: 'a presentation' },
  },
  {
    name: 'pdf-lib and mammoth',
    html: writePage(
      `<script src="https://unpkg.com/pdf-lib@1.17.1/dist/pdf-lib.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/mammoth/1.6.0/mammoth.browser.min.js"></script>`,
      `<p id="out"></p>
<script>
PDFLib.PDFDocument.create().then(async document_ => {
  document_.addPage([300, 200]).drawText('Hi');
  const bytes = await document_.save();
  document.getElementById('out').textContent = String.fromCharCode(...bytes.slice(0, 5)) + ' ' + typeof mammoth.convertToHtml;
});
</script>`,
    ),
    shows: { text: '%PDF- function' },
  },
];
