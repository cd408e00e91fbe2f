// Charts, diagrams and maps.
import { type PageCase, writePage } from './page-case.ts';

const chartScript = `<canvas id="out" width="400" height="300"></canvas>
<script>
const ctx = document.getElementById('out').getContext('2d');
const chart = new Chart(ctx, {
  type: 'bar',
  data: {
    labels: ['Jan', 'Feb', 'Mar'],
    datasets: [{ label: 'Sales', data: [12, 19, 7], backgroundColor: ['#ff6384', '#36a2eb', '#ffce56'] }]
  },
  options: { responsive: false, animation: false }
});
</script>`;

export const charts: PageCase[] = [
  {
    name: 'Chart.js, latest from jsDelivr',
    html: writePage('<script src="https://cdn.jsdelivr.net/npm/chart.js"></script>', chartScript),
    shows: { painted: true },
  },
  {
    name: 'Chart.js from cdnjs',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/Chart.js/3.9.1/chart.min.js"></script>',
      chartScript,
    ),
    shows: { painted: true },
  },
  {
    name: 'D3 from d3js.org',
    html: writePage(
      '<script src="https://d3js.org/d3.v7.min.js"></script>',
      `<svg id="chart" width="400" height="200"></svg>
<script>
const data = [4, 8, 15, 16, 23, 42];
const x = d3.scaleBand().domain(d3.range(data.length)).range([30, 390]).padding(0.1);
const y = d3.scaleLinear().domain([0, d3.max(data)]).nice().range([180, 10]);
const svg = d3.select('#chart');
svg.selectAll('rect').data(data).join('rect')
  .attr('x', (d, i) => x(i)).attr('y', d => y(d))
  .attr('width', x.bandwidth()).attr('height', d => y(0) - y(d))
  .attr('fill', 'steelblue');
svg.append('g').attr('transform', 'translate(30,0)').call(d3.axisLeft(y));
</script>`,
    ),
    shows: { in: '#chart .tick', count: 5 },
  },
  {
    name: 'D3 and TopoJSON with a world atlas',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/d3/7.8.5/d3.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/topojson/3.0.2/topojson.min.js"></script>`,
      `<svg id="map" width="600" height="320"></svg>
<script>
d3.json('https://cdn.jsdelivr.net/npm/world-atlas@2/countries-110m.json').then(world => {
  const countries = topojson.feature(world, world.objects.countries).features;
  const path = d3.geoPath(d3.geoNaturalEarth1().fitSize([600, 320], { type: 'Sphere' }));
  d3.select('#map').selectAll('path').data(countries).join('path')
    .attr('class', 'country').attr('d', path).attr('fill', (d, i) => d3.schemeTableau10[i % 10]);
});
</script>`,
    ),
    shows: { in: '.country', count: 150 },
  },
  {
    name: 'Plotly from its own CDN',
    html: writePage(
      '<script src="https://cdn.plot.ly/plotly-2.27.0.min.js" charset="utf-8"></script>',
      `<div id="plot" style="width:600px;height:400px"></div>
<script>
Plotly.newPlot('plot', [{ x: [1, 2, 3, 4], y: [10, 15, 13, 17], mode: 'lines+markers', name: 'Trend' }], { title: 'Growth' });
</script>`,
    ),
    shows: { in: '#plot .point', count: 4 },
  },
  {
    name: 'ECharts',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/echarts@5.4.3/dist/echarts.min.js"></script>',
      `<div id="out" style="width:500px;height:300px"></div>
<script>
const chart = echarts.init(document.getElementById('out'));
chart.setOption({
  animation: false,
  xAxis: { data: ['shirt', 'cardigan', 'chiffon'] },
  yAxis: {},
  series: [{ name: 'sales', type: 'bar', data: [5, 20, 36] }]
});
</script>`,
    ),
    shows: { in: '#out canvas', painted: true },
  },
  {
    name: 'ApexCharts',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/apexcharts"></script>',
      `<div id="chart"></div>
<script>
new ApexCharts(document.querySelector('#chart'), {
  chart: { type: 'line', height: 300 },
  series: [{ name: 'sales', data: [30, 40, 35, 50, 49] }],
  xaxis: { categories: [2019, 2020, 2021, 2022, 2023] }
}).render();
</script>`,
    ),
    shows: { in: '#chart .apexcharts-xaxis-label', count: 5 },
  },
  {
    name: 'Mermaid, a classic script',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/mermaid/10.6.1/mermaid.min.js"></script>',
      `<div class="mermaid">
graph TD
  A[Start] --> B{Ready?}
  B -->|Yes| C[Launch]
  B -->|No| A
</div>
<script>mermaid.initialize({ startOnLoad: true, theme: 'default' });</script>`,
    ),
    shows: { in: '.mermaid svg .node', count: 3 },
  },
  {
    name: 'Mermaid, an ES module that loads its diagrams by itself',
    html: writePage(
      '',
      `<pre class="mermaid">
sequenceDiagram
  Alice->>Bob: Hello Bob
  Bob-->>Alice: Hi Alice
</pre>
<script type="module">
import mermaid from 'https://cdn.jsdelivr.net/npm/mermaid@10/dist/mermaid.esm.min.mjs';
mermaid.initialize({ startOnLoad: true });
</script>`,
    ),
    shows: { in: '.mermaid svg', text: 'Hello Bob' },
  },
  {
    name: 'Leaflet with its checksums and marker image',
    html: writePage(
      `<link rel="stylesheet" href="https://unpkg.com/leaflet@1.9.4/dist/leaflet.css" integrity="sha256-p4NxAoJBhIIN+hmNHrzRCf9tD/miZyoHS5obTRR9BMY=" crossorigin="">
<script src="https://unpkg.com/leaflet@1.9.4/dist/leaflet.js" integrity="sha256-20nQCchB9co0qIjJZRGuk2/Z9VM+kNiyxNV1lvTlZBo=" crossorigin=""></script>`,
      `<div id="map" style="height:400px"></div>
<script>
const map = L.map('map').setView([51.505, -0.09], 13);
L.tileLayer('https://tile.openstreetmap.org/{z}/{x}/{y}.png', { maxZoom: 19, attribution: 'OpenStreetMap' }).addTo(map);
L.marker([51.505, -0.09]).addTo(map).bindPopup('A popup').openPopup();
</script>`,
    ),
    shows: { in: '.leaflet-marker-icon', painted: true },
    beyondReach: /tile\.openstreetmap\.org/,
  },
  {
    name: 'vis-network',
    html: writePage(
      '<script src="https://unpkg.com/vis-network/standalone/umd/vis-network.min.js"></script>',
      `<div id="out" style="width:500px;height:300px"></div>
<script>
const nodes = new vis.DataSet([{ id: 1, label: 'One', color: '#fb7e81' }, { id: 2, label: 'Two', color: '#7be141' }]);
const edges = new vis.DataSet([{ from: 1, to: 2 }]);
const network = new vis.Network(document.getElementById('out'), { nodes, edges }, {});
</script>`,
    ),
    shows: { in: '#out canvas', painted: true },
  },
  {
    name: 'Cytoscape.js',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/cytoscape/3.26.0/cytoscape.min.js"></script>',
      `<div id="out" style="width:500px;height:300px"></div>
<script>
const cy = cytoscape({
  container: document.getElementById('out'),
  elements: [{ data: { id: 'a' } }, { data: { id: 'b' } }, { data: { id: 'ab', source: 'a', target: 'b' } }],
  style: [{ selector: 'node', style: { 'background-color': '#666', label: 'data(id)' } }],
  layout: { name: 'grid', rows: 1 }
});
</script>`,
    ),
    shows: { painted: true },
  },
];
