// Charts and diagrams.
import { mounts, type PackageCase } from './package-case.ts';

const rows = `const rows = [{ name: 'a', v: 3 }, { name: 'b', v: 7 }, { name: 'c', v: 5 }];`;

export const charts: PackageCase[] = [
  {
    name: 'chart.js',
    dependencies: { 'chart.js': '^4.4.0', 'react-chartjs-2': '^5.2.0' },
    code: `import { Chart, registerables } from 'chart.js';
import 'chart.js/auto';
import { Bar } from 'react-chartjs-2';
Chart.register(...registerables);
export default () => <div style={{ width: 400 }}><Bar options={{ animation: false }} data={{ labels: ['a', 'b'], datasets: [{ label: 'x', data: [3, 7], backgroundColor: 'teal' }] }} /></div>;`,
    shows: { in: 'canvas', painted: true },
  },
  {
    name: 'recharts 3',
    dependencies: { recharts: '^3.0.0' },
    code: `import { Bar, BarChart, Tooltip, XAxis, YAxis } from 'recharts';
${rows}
export default () => <BarChart width={400} height={300} data={rows}><XAxis dataKey="name" /><YAxis /><Tooltip /><Bar dataKey="v" isAnimationActive={false} fill="teal" /></BarChart>;`,
    shows: { in: '.recharts-bar-rectangle path', count: 3 },
  },
  {
    name: 'd3',
    dependencies: { d3: '^7.9.0' },
    code: mounts(
      `import * as d3 from 'd3';`,
      `const y = d3.scaleLinear([0, 7], [0, 200]);
    d3.select(element).append('svg').selectAll('rect').data([3, 7, 5]).join('rect').attr('width', 20).attr('height', y).attr('x', (d, i) => i * 30).attr('fill', d3.interpolateViridis(0.5));`,
    ),
    shows: { in: 'svg rect[height="200"]', count: 1 },
  },
  {
    name: 'victory',
    dependencies: { victory: '^37.0.0' },
    code: `import { VictoryBar, VictoryChart } from 'victory';
export default () => <VictoryChart><VictoryBar data={[{ x: 1, y: 3 }, { x: 2, y: 7 }]} /></VictoryChart>;`,
    shows: { in: 'svg path[role="presentation"]', count: 2 },
  },
  {
    name: '@nivo/bar',
    dependencies: { '@nivo/core': '^0.87.0', '@nivo/bar': '^0.87.0', '@nivo/pie': '^0.87.0' },
    code: `import { Bar } from '@nivo/bar';
import { Pie } from '@nivo/pie';
${rows}
export default () => <><Bar width={400} height={300} data={rows} keys={['v']} indexBy="name" animate={false} /><Pie width={200} height={200} data={[{ id: 'a', value: 1 }, { id: 'b', value: 2 }]} animate={false} /></>;`,
    shows: { in: 'svg rect[fill^="#"], svg rect[fill^="rgb"]', count: 3 },
  },
  {
    name: 'echarts',
    dependencies: { echarts: '^5.5.0', 'echarts-for-react': '^3.0.2' },
    code: `import * as echarts from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
import ReactECharts from 'echarts-for-react';
echarts.use([LineChart, GridComponent, CanvasRenderer]);
export default () => <ReactECharts style={{ width: 400, height: 300 }} option={{ animation: false, xAxis: { type: 'category', data: ['a', 'b'] }, yAxis: {}, series: [{ type: 'bar', data: [3, 7] }] }} />;`,
    shows: { in: 'canvas', painted: true },
  },
  {
    name: 'plotly.js',
    dependencies: { 'plotly.js-dist-min': '^2.35.0' },
    code: mounts(
      `import Plotly from 'plotly.js-dist-min';`,
      `Plotly.newPlot(element, [{ x: [1, 2], y: [3, 7], type: 'bar' }]);`,
    ),
    shows: { in: '.bars .point', count: 2 },
  },
  {
    name: 'apexcharts',
    dependencies: { apexcharts: '^4.0.0', 'react-apexcharts': '^1.5.0' },
    code: `import Chart from 'react-apexcharts';
export default () => <Chart type="bar" width={400} options={{ chart: { animations: { enabled: false } }, xaxis: { categories: ['a', 'b'] } }} series={[{ name: 's', data: [3, 7] }]} />;`,
    shows: { in: '.apexcharts-bar-area', count: 2 },
  },
  {
    name: '@visx',
    dependencies: {
      '@visx/shape': '^3.5.0',
      '@visx/scale': '^3.5.0',
      '@visx/group': '^3.3.0',
      '@visx/axis': '^3.10.0',
    },
    code: `import { AxisBottom } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleBand } from '@visx/scale';
import { Bar } from '@visx/shape';
const x = scaleBand({ domain: ['a', 'b'], range: [0, 200], padding: 0.2 });
export default () => <svg width={300} height={200}><Group>{['a', 'b'].map((k) => <Bar key={k} x={x(k)} width={x.bandwidth()} y={10} height={100} />)}<AxisBottom top={120} scale={x} /></Group></svg>;`,
    shows: { in: 'rect.visx-bar', count: 2 },
  },
  {
    name: 'highcharts',
    dependencies: { highcharts: '^11.4.0', 'highcharts-react-official': '^3.2.0' },
    code: `import Highcharts from 'highcharts';
import HighchartsReact from 'highcharts-react-official';
export default () => <HighchartsReact highcharts={Highcharts} options={{ chart: { type: 'column', animation: false }, series: [{ data: [3, 7] }] }} />;`,
    shows: { in: 'path.highcharts-point, rect.highcharts-point', count: 2 },
  },
  {
    name: 'lightweight-charts',
    dependencies: { 'lightweight-charts': '^4.2.0' },
    code: mounts(
      `import { createChart } from 'lightweight-charts';`,
      `createChart(element, { width: 400, height: 300 }).addLineSeries().setData([{ time: '2024-01-01', value: 3 }, { time: '2024-01-02', value: 7 }]);`,
    ),
    shows: { in: 'table', painted: true },
  },
  {
    name: '@xyflow/react',
    dependencies: { '@xyflow/react': '^12.3.0' },
    code: `import { Background, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
const nodes = [{ id: 'a', position: { x: 0, y: 0 }, data: { label: 'Start' } }, { id: 'b', position: { x: 100, y: 100 }, data: { label: 'End' } }];
export default () => <div style={{ width: 400, height: 300 }}><ReactFlow nodes={nodes} edges={[{ id: 'e', source: 'a', target: 'b' }]} fitView><Background /></ReactFlow></div>;`,
    shows: { in: '.react-flow__edge path', count: 1 },
  },
  {
    name: 'cytoscape',
    dependencies: { cytoscape: '^3.30.0' },
    code: mounts(
      `import cytoscape from 'cytoscape';`,
      `cytoscape({ container: element, elements: [{ data: { id: 'a' } }, { data: { id: 'b' } }, { data: { source: 'a', target: 'b' } }], style: [{ selector: 'node', style: { 'background-color': 'red' } }] });`,
    ),
    shows: { painted: true },
  },
  {
    name: 'mermaid',
    dependencies: { mermaid: '^11.4.1' },
    code: mounts(
      `import mermaid from 'mermaid';`,
      `mermaid.initialize({ startOnLoad: false });
    mermaid.render('g' + Math.random().toString(36).slice(2), 'graph TD; A[Begin]-->B[Finish]').then(({ svg }) => { element.innerHTML = svg; }, (e) => { element.textContent = String(e); });`,
    ),
    shows: { in: '#out svg g.node', count: 2 },
  },
];
