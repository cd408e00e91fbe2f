// Maps, 3D and games.
import { mounts, type PackageCase } from './package-case.ts';

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
    Matter.Composite.add(engine.world, [Matter.Bodies.rectangle(200, 150, 80, 80, { isStatic: true, render: { fillStyle: 'red', strokeStyle: 'yellow', lineWidth: 6 } })]);
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
