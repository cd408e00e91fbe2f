// 3D and games.
import { type PageCase, writePage } from './page-case.ts';

export const scenes: PageCase[] = [
  {
    name: 'three.js r128 with OrbitControls',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/three.js/r128/three.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/three@0.128.0/examples/js/controls/OrbitControls.js"></script>`,
      `<script>
const scene = new THREE.Scene();
const camera = new THREE.PerspectiveCamera(75, 4 / 3, 0.1, 1000);
const renderer = new THREE.WebGLRenderer({ antialias: true });
renderer.setSize(400, 300);
document.body.appendChild(renderer.domElement);
const cube = new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshNormalMaterial());
scene.add(cube);
camera.position.z = 2;
const controls = new THREE.OrbitControls(camera, renderer.domElement);
function animate() {
  requestAnimationFrame(animate);
  cube.rotation.x += 0.01;
  cube.rotation.y += 0.01;
  controls.update();
  renderer.render(scene, camera);
}
animate();
document.body.dataset.revision = THREE.REVISION;
</script>`,
    ),
    shows: { in: 'body[data-revision="128"] canvas', painted: true },
  },
  {
    name: 'three.js by an import map, with addons',
    html: writePage(
      `<script type="importmap">
{
  "imports": {
    "three": "https://unpkg.com/three@0.160.0/build/three.module.js",
    "three/addons/": "https://unpkg.com/three@0.160.0/examples/jsm/"
  }
}
</script>`,
      `<script type="module">
import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { EffectComposer } from 'three/addons/postprocessing/EffectComposer.js';
import { RenderPass } from 'three/addons/postprocessing/RenderPass.js';
const scene = new THREE.Scene();
const camera = new THREE.PerspectiveCamera(60, 4 / 3, 0.1, 100);
camera.position.set(1, 1, 2);
const renderer = new THREE.WebGLRenderer();
renderer.setSize(400, 300);
document.body.appendChild(renderer.domElement);
scene.add(new THREE.Mesh(new THREE.TorusKnotGeometry(0.6, 0.2), new THREE.MeshNormalMaterial()));
const controls = new OrbitControls(camera, renderer.domElement);
const composer = new EffectComposer(renderer);
composer.addPass(new RenderPass(scene, camera));
renderer.setAnimationLoop(() => { controls.update(); composer.render(); });
</script>`,
    ),
    shows: { in: 'canvas', painted: true },
  },
  {
    name: 'p5.js',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/p5.js/1.4.0/p5.js"></script>',
      `<script>
function setup() {
  createCanvas(400, 300);
  noStroke();
}
function draw() {
  background(20, 24, 82);
  fill(255, 204, 0);
  ellipse(width / 2, height / 2, 80 + sin(frameCount / 10) * 20);
  fill(200, 50, 80);
  rect(20, 20, 60, 60);
}
</script>`,
    ),
    shows: { in: 'canvas.p5Canvas', painted: true },
  },
  {
    name: 'PixiJS',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/pixi.js/7.2.4/pixi.min.js"></script>',
      `<script>
const app = new PIXI.Application({ width: 400, height: 300, background: '#1099bb' });
document.body.appendChild(app.view);
const shapes = new PIXI.Graphics();
shapes.beginFill(0xde3249).drawRect(50, 50, 100, 100).endFill();
shapes.beginFill(0xffff66).drawCircle(280, 150, 60).endFill();
app.stage.addChild(shapes);
app.ticker.add(delta => { shapes.x = Math.sin(performance.now() / 500) * 10; });
</script>`,
    ),
    shows: { in: 'canvas', painted: true },
  },
  {
    name: 'Phaser',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/phaser@3.60.0/dist/phaser.min.js"></script>',
      `<div id="game"></div>
<script>
const config = {
  type: Phaser.AUTO, width: 400, height: 300, parent: 'game', backgroundColor: '#2d2d2d',
  physics: { default: 'arcade', arcade: { gravity: { y: 200 } } },
  scene: {
    create() {
      const ball = this.add.circle(200, 40, 20, 0xff4444);
      this.physics.add.existing(ball);
      ball.body.setBounce(0.8).setCollideWorldBounds(true);
      this.add.rectangle(100, 200, 80, 40, 0x44ff44);
    }
  }
};
new Phaser.Game(config);
</script>`,
    ),
    shows: { in: '#game canvas', painted: true },
  },
  {
    name: 'Matter.js',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/matter-js/0.19.0/matter.min.js"></script>',
      `<script>
const { Engine, Render, Runner, Bodies, Composite } = Matter;
const engine = Engine.create();
const render = Render.create({ element: document.body, engine, options: { width: 400, height: 300, wireframes: false, background: '#222244' } });
Composite.add(engine.world, [
  Bodies.rectangle(200, 50, 60, 60, { render: { fillStyle: '#ff5500' } }),
  Bodies.circle(240, 0, 30, { render: { fillStyle: '#00ffaa' } }),
  Bodies.rectangle(200, 290, 400, 20, { isStatic: true, render: { fillStyle: '#ffffff' } })
]);
Render.run(render);
Runner.run(Runner.create(), engine);
</script>`,
    ),
    shows: { in: 'canvas', painted: true },
  },
  {
    name: 'Babylon.js from its own CDN',
    html: writePage(
      '<script src="https://cdn.babylonjs.com/babylon.js"></script>',
      `<canvas id="out" width="400" height="300"></canvas>
<script>
const canvas = document.getElementById('out');
const engine = new BABYLON.Engine(canvas, true);
const scene = new BABYLON.Scene(engine);
scene.createDefaultCameraOrLight(true, true, true);
const sphere = BABYLON.MeshBuilder.CreateSphere('sphere', { diameter: 1 }, scene);
engine.runRenderLoop(() => scene.render());
</script>`,
    ),
    shows: { painted: true },
  },
  {
    name: 'A-Frame',
    html: writePage(
      '<script src="https://aframe.io/releases/1.4.0/aframe.min.js"></script>',
      `<a-scene embedded style="width:400px;height:300px" vr-mode-ui="enabled: false">
  <a-box position="-1 0.5 -3" rotation="0 45 0" color="#4CC3D9"></a-box>
  <a-sphere position="0 1.25 -5" radius="1.25" color="#EF2D5E"></a-sphere>
  <a-sky color="#ECECEC"></a-sky>
</a-scene>`,
    ),
    shows: { in: 'canvas.a-canvas', painted: true },
  },
];
