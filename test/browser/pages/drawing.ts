// Drawing, physics and more of 3D.
import { computesWith, type PageCase, writePage } from './page-case.ts';

export const drawing: PageCase[] = [
  {
    name: 'Babylon.js with its GUI and loaders',
    html: writePage(
      `<script src="https://cdn.babylonjs.com/babylon.js"></script>
<script src="https://cdn.babylonjs.com/loaders/babylonjs.loaders.min.js"></script>
<script src="https://cdn.babylonjs.com/gui/babylon.gui.min.js"></script>`,
      `<canvas id="out" width="400" height="300"></canvas>
<script>
const engine = new BABYLON.Engine(document.getElementById('out'), true);
const scene = new BABYLON.Scene(engine);
scene.createDefaultCameraOrLight(true, true, true);
BABYLON.MeshBuilder.CreateBox('box', {}, scene);
const ui = BABYLON.GUI.AdvancedDynamicTexture.CreateFullscreenUI('UI');
const button = BABYLON.GUI.Button.CreateSimpleButton('b', 'Click');
button.width = '120px'; button.height = '40px'; button.color = 'white'; button.background = 'green';
ui.addControl(button);
engine.runRenderLoop(() => scene.render());
</script>`,
    ),
    shows: { painted: true },
  },
  {
    name: 'A-Frame with an environment',
    html: writePage(
      `<script src="https://aframe.io/releases/1.5.0/aframe.min.js"></script>
<script src="https://unpkg.com/aframe-environment-component@1.3.3/dist/aframe-environment-component.min.js"></script>`,
      `<a-scene embedded style="width:400px;height:300px" vr-mode-ui="enabled: false">
  <a-entity environment="preset: forest; dressing: none"></a-entity>
  <a-box position="0 1 -3" color="tomato"></a-box>
</a-scene>`,
    ),
    shows: { in: 'canvas.a-canvas', painted: true },
  },
  {
    name: 'three.js by an import map from jsDelivr, with post-processing',
    html: writePage(
      `<script type="importmap">
{
  "imports": {
    "three": "https://cdn.jsdelivr.net/npm/three@0.162.0/build/three.module.js",
    "three/addons/": "https://cdn.jsdelivr.net/npm/three@0.162.0/examples/jsm/"
  }
}
</script>`,
      `<script type="module">
import * as THREE from 'three';
import { EffectComposer } from 'three/addons/postprocessing/EffectComposer.js';
import { RenderPass } from 'three/addons/postprocessing/RenderPass.js';
import { UnrealBloomPass } from 'three/addons/postprocessing/UnrealBloomPass.js';
const scene = new THREE.Scene();
const camera = new THREE.PerspectiveCamera(60, 4 / 3, 0.1, 100);
camera.position.z = 3;
scene.add(new THREE.Mesh(new THREE.TorusKnotGeometry(0.7, 0.25, 60, 8), new THREE.MeshNormalMaterial()));
const renderer = new THREE.WebGLRenderer({ preserveDrawingBuffer: true });
renderer.setSize(200, 150);
document.body.appendChild(renderer.domElement);
const composer = new EffectComposer(renderer);
composer.addPass(new RenderPass(scene, camera));
composer.addPass(new UnrealBloomPass(new THREE.Vector2(200, 150), 0.5, 0.4, 0.8));
composer.render();
</script>`,
    ),
    shows: { in: 'canvas', painted: true },
  },
  {
    name: 'three.js from GitHub',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/gh/mrdoob/three.js@r128/build/three.min.js"></script>
<script src="https://cdn.jsdelivr.net/gh/mrdoob/three.js@r128/examples/js/controls/OrbitControls.js"></script>`,
      `<p id="out"></p>
<script>
const controls = new THREE.OrbitControls(new THREE.PerspectiveCamera(), document.body);
document.getElementById('out').textContent = 'r' + THREE.REVISION + ' ' + controls.enabled;
</script>`,
    ),
    shows: { text: 'r128 true' },
  },
  {
    name: 'cannon-es beside three.js',
    html: writePage(
      `<script type="importmap">
{
  "imports": {
    "three": "https://unpkg.com/three@0.158.0/build/three.module.js",
    "cannon-es": "https://unpkg.com/cannon-es@0.20.0/dist/cannon-es.js"
  }
}
</script>`,
      `<p id="out"></p>
<script type="module">
import * as THREE from 'three';
import * as CANNON from 'cannon-es';
const world = new CANNON.World({ gravity: new CANNON.Vec3(0, -9.82, 0) });
const body = new CANNON.Body({ mass: 5, shape: new CANNON.Sphere(1), position: new CANNON.Vec3(0, 10, 0) });
world.addBody(body);
for (let i = 0; i < 60; i++) world.step(1 / 60);
const mesh = new THREE.Object3D();
mesh.position.copy(body.position);
document.getElementById('out').textContent = mesh.position.y < 8 ? 'it fell' : 'it floats';
</script>`,
    ),
    shows: { text: 'it fell' },
  },
  {
    name: 'cannon.js from cdnjs',
    html: computesWith(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/cannon.js/0.6.2/cannon.min.js"></script>',
      'new CANNON.Vec3(3, 4, 0).norm()',
    ),
    shows: { text: '5' },
  },
  {
    name: 'Rapier, physics in WebAssembly',
    html: writePage(
      '',
      `<p id="out">loading</p>
<script type="module">
import RAPIER from 'https://cdn.skypack.dev/@dimforge/rapier3d-compat@0.11.2';
await RAPIER.init();
const world = new RAPIER.World({ x: 0, y: -9.81, z: 0 });
const body = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(0, 5, 0));
world.createCollider(RAPIER.ColliderDesc.ball(0.5), body);
for (let i = 0; i < 60; i++) world.step();
document.getElementById('out').textContent = body.translation().y < 1 ? 'it fell' : 'it floats';
</script>`,
    ),
    shows: { text: 'it fell' },
  },
  {
    name: 'Rapier 2D from esm.sh',
    html: writePage(
      '',
      `<p id="out">loading</p>
<script type="module">
import RAPIER from 'https://esm.sh/@dimforge/rapier2d-compat@0.14.0';
await RAPIER.init();
const world = new RAPIER.World({ x: 0, y: 10 });
const body = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic());
world.createCollider(RAPIER.ColliderDesc.cuboid(1, 1), body);
for (let i = 0; i < 30; i++) world.step();
document.getElementById('out').textContent = body.linvel().y > 4 ? 'faster' : 'slow';
</script>`,
    ),
    shows: { text: 'faster' },
  },
  {
    name: 'Planck',
    html: computesWith(
      '<script src="https://cdn.jsdelivr.net/npm/planck@1.0.0/dist/planck.min.js"></script>',
      '(() => { const world = planck.World(planck.Vec2(0, -10)); const ball = world.createBody({ type: "dynamic", position: planck.Vec2(0, 5) }); ball.createFixture(planck.Circle(1), 1); for (let i = 0; i < 30; i++) world.step(1 / 60); return ball.getPosition().y < 5 ? "down" : "up"; })()',
    ),
    shows: { text: 'down' },
  },
  {
    name: 'Matter.js with a renderer, from jsDelivr',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/matter-js@0.19.0/build/matter.min.js"></script>',
      `<div id="world"></div>
<script>
const { Engine, Render, Runner, Bodies, Composite } = Matter;
const engine = Engine.create();
const render = Render.create({ element: document.getElementById('world'), engine, options: { width: 300, height: 200, wireframes: false } });
Composite.add(engine.world, [Bodies.rectangle(100, 40, 60, 60), Bodies.circle(180, 40, 30), Bodies.rectangle(150, 190, 300, 20, { isStatic: true })]);
Render.run(render);
Runner.run(Runner.create(), engine);
</script>`,
    ),
    shows: { in: '#world canvas', painted: true },
  },
  {
    name: 'Fabric.js',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/fabric.js/5.3.0/fabric.min.js"></script>',
      `<canvas id="c" width="300" height="200"></canvas>
<script>
const canvas = new fabric.Canvas('c');
canvas.add(new fabric.Rect({ left: 20, top: 20, width: 80, height: 60, fill: 'red' }));
canvas.add(new fabric.Circle({ left: 140, top: 40, radius: 40, fill: 'blue' }));
canvas.add(new fabric.Textbox('Hi', { left: 220, top: 20, fontSize: 40, fill: 'green' }));
</script>`,
    ),
    shows: { in: 'canvas.lower-canvas', painted: true },
  },
  {
    name: 'Konva',
    html: writePage(
      '<script src="https://unpkg.com/konva@9.3.3/konva.min.js"></script>',
      `<div id="container"></div>
<script>
const stage = new Konva.Stage({ container: 'container', width: 300, height: 200 });
const layer = new Konva.Layer();
layer.add(new Konva.Star({ x: 90, y: 90, numPoints: 5, innerRadius: 30, outerRadius: 70, fill: 'gold', draggable: true }));
layer.add(new Konva.Rect({ x: 180, y: 40, width: 80, height: 80, fill: 'teal' }));
stage.add(layer);
</script>`,
    ),
    shows: { in: '#container canvas', painted: true },
  },
  {
    name: 'Paper.js with PaperScript',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/paper.js/0.12.17/paper-full.min.js"></script>',
      `<script type="text/paperscript" canvas="out">
var circle = new Path.Circle({ center: [80, 80], radius: 50, fillColor: 'red' });
var box = new Path.Rectangle({ point: [150, 40], size: [80, 80], fillColor: 'blue' });
circle.position += new Point(10, 5);
</script>
<canvas id="out" width="300" height="200"></canvas>`,
    ),
    shows: { painted: true },
  },
  {
    name: 'Two.js',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/two.js/0.8.10/two.min.js"></script>',
      `<div id="out"></div>
<script>
const two = new Two({ width: 300, height: 200 }).appendTo(document.getElementById('out'));
two.makeCircle(80, 80, 40).fill = '#FF8000';
two.makeRectangle(200, 80, 80, 60).fill = 'rgb(0, 200, 255)';
two.update();
</script>`,
    ),
    shows: { in: '#out svg path', count: 2 },
  },
  {
    name: 'Rough.js',
    html: writePage(
      '<script src="https://unpkg.com/roughjs@latest/bundled/rough.js"></script>',
      `<svg id="out" width="200" height="120"></svg>
<script>
const svg = document.getElementById('out');
svg.appendChild(rough.svg(svg).rectangle(10, 10, 150, 80, { fill: 'orange' }));
</script>`,
    ),
    shows: { in: '#out path', count: 2 },
  },
  {
    name: 'SVG.js',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/@svgdotjs/svg.js@3.0/dist/svg.min.js"></script>',
      `<div id="out"></div>
<script>SVG().addTo('#out').size(200, 100).rect(80, 50).attr({ fill: 'rgb(255, 0, 102)' });</script>`,
    ),
    shows: { in: '#out rect', style: ['fill', 'rgb(255, 0, 102)'] },
  },
  {
    name: 'Vanta on three.js r134',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/three.js/r134/three.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/vanta@latest/dist/vanta.net.min.js"></script>`,
      `<div id="bg" style="width:300px;height:200px"></div>
<script>VANTA.NET({ el: '#bg', color: 0xff3f81, backgroundColor: 0x23153c });</script>`,
    ),
    shows: { in: '#bg canvas', painted: true },
  },
  {
    name: 'particles.js',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/particles.js/2.0.0/particles.min.js"></script>',
      `<div id="particles-js" style="width:300px;height:200px;background:#123"></div>
<script>particlesJS('particles-js', { particles: { number: { value: 60 }, color: { value: '#ffcc00' }, size: { value: 5 } } });</script>`,
    ),
    shows: { in: '#particles-js canvas', painted: true },
  },
  {
    name: 'tsParticles',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/tsparticles@2.12.0/tsparticles.bundle.min.js"></script>',
      `<div id="tsparticles"></div>
<script>
tsParticles.load('tsparticles', { fullScreen: { enable: false }, background: { color: '#0d47a1' }, particles: { number: { value: 50 }, color: { value: '#ffff00' }, size: { value: 6 }, move: { enable: true } } });
</script>`,
    ),
    shows: { in: '#tsparticles canvas' },
  },
  {
    name: 'Kaboom',
    html: writePage(
      '',
      `<canvas id="game" width="300" height="200"></canvas>
<p id="out"></p>
<script type="module">
import kaboom from 'https://unpkg.com/kaboom@3000.0.1/dist/kaboom.mjs';
const k = kaboom({ width: 300, height: 200, canvas: document.getElementById('game'), global: false, background: [20, 20, 60] });
k.add([k.rect(60, 60), k.pos(50, 50), k.color(255, 0, 0)]);
k.onUpdate(() => { document.getElementById('out').textContent = 'running'; });
</script>`,
    ),
    shows: { text: 'running' },
  },
  {
    name: 'regl',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/regl@2.1.0/dist/regl.min.js"></script>',
      `<canvas id="out" width="100" height="100"></canvas>
<script>
const regl = createREGL({ canvas: document.getElementById('out'), attributes: { preserveDrawingBuffer: true } });
regl({
  frag: 'precision mediump float; varying vec2 at; void main() { gl_FragColor = vec4(at, 0.5, 1.0); }',
  vert: 'precision mediump float; attribute vec2 position; varying vec2 at; void main() { at = position; gl_Position = vec4(position, 0, 1); }',
  attributes: { position: [[-1, -1], [3, -1], [-1, 3]] }, count: 3
})();
</script>`,
    ),
    shows: { painted: true },
  },
  {
    name: 'model-viewer',
    html: writePage(
      '<script type="module" src="https://ajax.googleapis.com/ajax/libs/model-viewer/3.3.0/model-viewer.min.js"></script>',
      `<model-viewer id="out" camera-controls style="width:200px;height:200px"></model-viewer>
<p id="state"></p>
<script>customElements.whenDefined('model-viewer').then(() => { document.getElementById('state').textContent = 'defined'; });</script>`,
    ),
    shows: { in: '#state', text: 'defined' },
  },
  {
    name: '3D force graph',
    html: writePage(
      '<script src="https://unpkg.com/3d-force-graph@1.73.0/dist/3d-force-graph.min.js"></script>',
      `<div id="graph"></div>
<script>
ForceGraph3D()(document.getElementById('graph')).width(300).height(200)
  .graphData({ nodes: [{ id: 1 }, { id: 2 }, { id: 3 }], links: [{ source: 1, target: 2 }, { source: 2, target: 3 }] });
</script>`,
    ),
    shows: { in: '#graph canvas' },
  },
];
