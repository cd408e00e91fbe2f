// Charts, diagrams, maps, 3D, games and motion.
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

export const scenes: PackageCase[] = [
  {
    name: 'leaflet',
    dependencies: { leaflet: '^1.9.4', 'react-leaflet': '^4.2.1' },
    code: `import 'leaflet/dist/leaflet.css';
import L from 'leaflet';
import { Circle, MapContainer, Marker, Popup } from 'react-leaflet';
export default () => <MapContainer center={[51.5, -0.1]} zoom={13} style={{ width: 400, height: 300 }}><Circle center={[51.5, -0.1]} radius={500} /><Marker position={[51.5, -0.1]} icon={L.divIcon()}><Popup>hi</Popup></Marker></MapContainer>;`,
    shows: { in: '.leaflet-pane', style: ['position', 'absolute'] },
  },
  {
    name: 'leaflet marker images',
    dependencies: { leaflet: '^1.9.4' },
    code: `import 'leaflet/dist/leaflet.css';
import icon from 'leaflet/dist/images/marker-icon.png';
export default () => <img id="out" src={icon} />;`,
    shows: { painted: true },
  },
  {
    name: 'maplibre-gl',
    dependencies: { 'maplibre-gl': '^4.7.0' },
    code: mounts(
      `import maplibregl from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';`,
      `const map = new maplibregl.Map({ container: element, center: [0, 0], zoom: 1, style: { version: 8, sources: { s: { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[-50, -50], [50, -50], [50, 50], [-50, -50]]] } } } }, layers: [{ id: 'bg', type: 'background', paint: { 'background-color': '#def' } }, { id: 'f', type: 'fill', source: 's', paint: { 'fill-color': 'red' } }] } });
    map.once('idle', () => { document.body.dataset.idle = 'yes'; });`,
    ),
    shows: { in: 'body[data-idle=yes] .maplibregl-canvas', count: 1 },
  },
  {
    name: 'ol',
    dependencies: { ol: '^10.2.0' },
    code: mounts(
      `import 'ol/ol.css';
import Feature from 'ol/Feature';
import Map from 'ol/Map.js';
import View from 'ol/View';
import Point from 'ol/geom/Point';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';`,
      `new Map({ target: element, view: new View({ center: [0, 0], zoom: 2 }), layers: [new VectorLayer({ source: new VectorSource({ features: [new Feature(new Point([0, 0]))] }) })] });`,
    ),
    shows: { in: '.ol-viewport canvas', painted: true },
  },
  {
    name: 'three',
    dependencies: { three: '^0.170.0' },
    code: mounts(
      `import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader';`,
      `const renderer = new THREE.WebGLRenderer({ preserveDrawingBuffer: true });
    renderer.setSize(400, 300);
    element.append(renderer.domElement);
    const scene = new THREE.Scene();
    const camera = new THREE.PerspectiveCamera(60, 4 / 3, 0.1, 100);
    camera.position.z = 3;
    new OrbitControls(camera, renderer.domElement);
    scene.add(new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshNormalMaterial()));
    scene.rotation.y = 1;
    renderer.render(scene, camera);
    element.title = typeof GLTFLoader;`,
    ),
    shows: { in: '#out[title=function] canvas', painted: true },
  },
  {
    name: '@react-three/fiber',
    dependencies: { three: '^0.170.0', '@react-three/fiber': '^8.17.0', '@react-three/drei': '^9.114.0' },
    code: `import { Canvas } from '@react-three/fiber';
import { Html, OrbitControls } from '@react-three/drei';
export default () => <div style={{ width: 400, height: 300 }}><Canvas gl={{ preserveDrawingBuffer: true }}><OrbitControls /><mesh rotation={[1, 1, 0]}><boxGeometry /><meshNormalMaterial /></mesh><Html><b id="label">in space</b></Html></Canvas></div>;`,
    shows: { in: '#label', text: 'in space' },
  },
  {
    name: '@react-three/fiber draws',
    dependencies: { three: '^0.170.0', '@react-three/fiber': '^8.17.0' },
    code: `import { Canvas } from '@react-three/fiber';
export default () => <div style={{ width: 400, height: 300 }}><Canvas gl={{ preserveDrawingBuffer: true }}><mesh rotation={[1, 1, 0]}><boxGeometry /><meshNormalMaterial /></mesh></Canvas></div>;`,
    shows: { in: 'canvas', painted: true },
  },
  {
    name: '@babylonjs/core',
    dependencies: { '@babylonjs/core': '^7.30.0' },
    code: `import { useEffect, useRef } from 'react';
import { ArcRotateCamera, Engine, HemisphericLight, MeshBuilder, Scene, Vector3 } from '@babylonjs/core';
export default function App() {
  const ref = useRef(null);
  useEffect(() => {
    const engine = new Engine(ref.current, true, { preserveDrawingBuffer: true });
    const scene = new Scene(engine);
    new ArcRotateCamera('c', 1, 1, 4, Vector3.Zero(), scene);
    new HemisphericLight('l', new Vector3(0, 1, 0), scene);
    MeshBuilder.CreateBox('b', {}, scene);
    engine.runRenderLoop(() => scene.render());
  }, []);
  return <canvas ref={ref} width={400} height={300} />;
}`,
    shows: { in: 'canvas', painted: true },
  },
  {
    name: 'pixi.js',
    dependencies: { 'pixi.js': '^8.5.0' },
    code: mounts(
      `import { Application, Graphics } from 'pixi.js';`,
      `const app = new Application();
    app.init({ width: 400, height: 300, background: '#123', preference: 'webgl', preserveDrawingBuffer: true }).then(() => {
      element.append(app.canvas);
      app.stage.addChild(new Graphics().rect(50, 50, 100, 100).fill('red').circle(250, 150, 60).fill('yellow'));
    });`,
    ),
    shows: { in: '#out canvas', painted: true },
  },
  {
    name: 'matter-js',
    dependencies: { 'matter-js': '^0.20.0' },
    code: mounts(
      `import Matter from 'matter-js';`,
      `const engine = Matter.Engine.create();
    Matter.Composite.add(engine.world, [Matter.Bodies.rectangle(200, 50, 80, 80)]);
    const render = Matter.Render.create({ element, engine, options: { width: 400, height: 300, wireframes: false } });
    Matter.Render.run(render);
    Matter.Runner.run(Matter.Runner.create(), engine);`,
    ),
    shows: { in: '#out canvas', painted: true },
  },
  {
    name: 'cannon-es',
    dependencies: { 'cannon-es': '^0.20.0' },
    code: `import { Body, Sphere, Vec3, World } from 'cannon-es';
const world = new World({ gravity: new Vec3(0, -10, 0) });
const ball = new Body({ mass: 1, shape: new Sphere(1) });
world.addBody(ball);
for (let i = 0; i < 60; i++) world.step(1 / 60);
export default () => <p id="out">{ball.position.y < -4 ? 'fell' : 'hangs'}</p>;`,
    shows: { text: 'fell' },
  },
  {
    name: 'phaser',
    dependencies: { phaser: '^3.86.0' },
    code: mounts(
      `import Phaser from 'phaser';`,
      `new Phaser.Game({ type: Phaser.CANVAS, parent: element, width: 400, height: 300, banner: false, audio: { noAudio: true }, scene: { create() { this.add.rectangle(200, 150, 100, 100, 0xff0000); this.add.text(20, 20, 'Phaser'); } } });`,
    ),
    shows: { in: '#out canvas', painted: true },
  },
  {
    name: 'p5',
    dependencies: { p5: '^1.11.0' },
    code: mounts(
      `import p5 from 'p5';`,
      `new p5((s) => { s.setup = () => { s.createCanvas(400, 300); }; s.draw = () => { s.background(220); s.fill('red'); s.ellipse(200, 150, 100); }; }, element);`,
    ),
    shows: { in: '#out canvas', painted: true },
  },
  {
    name: 'konva',
    dependencies: { konva: '^9.3.0', 'react-konva': '^18.2.10' },
    code: `import { Layer, Rect, Stage, Text } from 'react-konva';
export default () => <Stage width={400} height={300}><Layer><Rect x={20} y={20} width={100} height={100} fill="red" /><Text text="Konva" fontSize={40} x={150} /></Layer></Stage>;`,
    shows: { in: 'canvas', painted: true },
  },
  {
    name: 'fabric',
    dependencies: { fabric: '^6.4.0' },
    code: mounts(
      `import { Canvas, Circle, FabricText } from 'fabric';`,
      `const node = document.createElement('canvas');
    element.append(node);
    const canvas = new Canvas(node, { width: 400, height: 300 });
    canvas.add(new Circle({ radius: 50, fill: 'red', left: 20, top: 20 }), new FabricText('Fabric', { left: 150 }));
    canvas.renderAll();`,
    ),
    shows: { in: '.canvas-container', painted: true },
  },
];

export const motion: PackageCase[] = [
  {
    name: 'framer-motion',
    dependencies: { 'framer-motion': '^11.0.0' },
    code: `import { AnimatePresence, motion } from 'framer-motion';
export default () => <AnimatePresence><motion.div id="out" initial={{ opacity: 0, x: 0 }} animate={{ opacity: 0.5, x: 40 }} transition={{ duration: 0.05 }}>moves</motion.div></AnimatePresence>;`,
    shows: { text: 'moves', style: ['opacity', '0.5'] },
  },
  {
    name: 'motion',
    dependencies: { motion: '^12.0.0' },
    code: `import { motion } from 'motion/react';
import { animate } from 'motion';
export default () => <motion.div id="out" initial={{ opacity: 0 }} animate={{ opacity: 0.25 }} transition={{ duration: 0.05 }}>{typeof animate}</motion.div>;`,
    shows: { text: 'function', style: ['opacity', '0.25'] },
  },
  {
    name: 'gsap',
    dependencies: { gsap: '^3.12.0', '@gsap/react': '^2.1.0' },
    code: `import { useRef } from 'react';
import gsap from 'gsap';
import { ScrollTrigger } from 'gsap/ScrollTrigger';
import { useGSAP } from '@gsap/react';
gsap.registerPlugin(ScrollTrigger, useGSAP);
export default function App() {
  const ref = useRef(null);
  useGSAP(() => { gsap.to('#out', { opacity: 0.5, duration: 0.05 }); }, { scope: ref });
  return <div ref={ref}><p id="out">moves</p></div>;
}`,
    shows: { style: ['opacity', '0.5'] },
  },
  {
    name: '@react-spring/web',
    dependencies: { '@react-spring/web': '^9.7.0' },
    code: `import { animated, useSpring } from '@react-spring/web';
export default function App() {
  const style = useSpring({ from: { opacity: 0 }, to: { opacity: 0.5 }, config: { duration: 50 } });
  return <animated.div id="out" style={style}>springs</animated.div>;
}`,
    shows: { style: ['opacity', '0.5'] },
  },
  {
    name: 'lottie-web',
    dependencies: { 'lottie-web': '^5.12.0', 'lottie-react': '^2.4.0' },
    code: `import Lottie from 'lottie-react';
const animation = { v: '5.5.0', fr: 30, ip: 0, op: 30, w: 100, h: 100, assets: [], layers: [{ ty: 4, ip: 0, op: 30, st: 0, ks: { o: { k: 100 }, r: { k: 0 }, p: { k: [50, 50, 0] }, a: { k: [0, 0, 0] }, s: { k: [100, 100, 100] } }, shapes: [{ ty: 'gr', it: [{ ty: 'rc', p: { k: [0, 0] }, s: { k: [50, 50] }, r: { k: 0 } }, { ty: 'fl', c: { k: [1, 0, 0, 1] }, o: { k: 100 } }, { ty: 'tr', p: { k: [0, 0] }, a: { k: [0, 0] }, s: { k: [100, 100] }, r: { k: 0 }, o: { k: 100 } }] }] }] };
export default () => <Lottie animationData={animation} style={{ width: 200 }} />;`,
    shows: { in: 'svg path[fill="rgb(255,0,0)"]', count: 1 },
  },
  {
    name: 'animejs',
    dependencies: { animejs: '^4.0.0' },
    code: mounts(`import { animate } from 'animejs';`, `animate(element, { opacity: 0.5, duration: 50 });`),
    shows: { style: ['opacity', '0.5'] },
  },
  {
    name: 'animejs 3',
    dependencies: { animejs: '^3.2.2' },
    code: mounts(
      `import anime from 'animejs';`,
      `anime({ targets: element, opacity: 0.5, duration: 50, easing: 'linear' });`,
    ),
    shows: { style: ['opacity', '0.5'] },
  },
  {
    name: 'canvas-confetti',
    dependencies: { 'canvas-confetti': '^1.9.0' },
    code: mounts(
      `import confetti from 'canvas-confetti';`,
      `confetti({ particleCount: 200, startVelocity: 10, ticks: 5000 });`,
    ),
    shows: { in: 'body > canvas', count: 1 },
  },
  {
    name: 'react-transition-group',
    dependencies: { 'react-transition-group': '^4.4.5' },
    code: `import { Transition } from 'react-transition-group';
export default () => <Transition in appear timeout={20}>{(s) => <p id="out">{s}</p>}</Transition>;`,
    shows: { text: 'entered' },
  },
  {
    name: '@formkit/auto-animate',
    dependencies: { '@formkit/auto-animate': '^0.8.2' },
    code: `import { useAutoAnimate } from '@formkit/auto-animate/react';
export default function App() {
  const [ref] = useAutoAnimate();
  return <ul ref={ref} id="out"><li>listed</li></ul>;
}`,
    shows: { text: 'listed' },
  },
];
