import { useEffect, useRef, useState } from 'react';
import * as THREE from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls';
import { Palette } from 'lucide-react';

const palettes = [
  { name: 'Dusk', core: '#6d5efc', ring: '#f59e0b', glow: '#312e81' },
  { name: 'Lagoon', core: '#14b8a6', ring: '#f472b6', glow: '#134e4a' },
  { name: 'Ember', core: '#f43f5e', ring: '#fde047', glow: '#4c0519' },
];

export default function App() {
  const mount = useRef<HTMLDivElement>(null);
  const materials = useRef<{ core: THREE.MeshStandardMaterial; ring: THREE.MeshStandardMaterial } | null>(null);
  const [index, setIndex] = useState(0);
  const [problem, setProblem] = useState('');
  const palette = palettes[index];

  useEffect(() => {
    const host = mount.current;
    if (!host) return;
    let renderer: THREE.WebGLRenderer;
    try {
      renderer = new THREE.WebGLRenderer({ antialias: true, alpha: true });
    } catch {
      setProblem('This browser has no WebGL, so the planet stays hidden. The button still works.');
      return;
    }
    renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
    host.appendChild(renderer.domElement);

    const scene = new THREE.Scene();
    const camera = new THREE.PerspectiveCamera(45, 1, 0.1, 100);
    camera.position.set(0, 2.2, 7);

    const controls = new OrbitControls(camera, renderer.domElement);
    controls.enableDamping = true;
    controls.autoRotate = true;
    controls.autoRotateSpeed = 0.8;
    controls.minDistance = 4;
    controls.maxDistance = 12;

    const core = new THREE.MeshStandardMaterial({ color: palettes[0].core, roughness: 0.35, flatShading: true });
    const ring = new THREE.MeshStandardMaterial({ color: palettes[0].ring, roughness: 0.5 });
    materials.current = { core, ring };

    const planet = new THREE.Mesh(new THREE.IcosahedronGeometry(1.4, 3), core);
    scene.add(planet);

    const moons = new THREE.Group();
    const scatter = (seed: number) => (Math.abs(Math.sin(seed * 12.9898) * 43758.5453) % 1) - 0.5;
    const pebble = new THREE.DodecahedronGeometry(0.07);
    for (let i = 0; i < 260; i++) {
      const angle = (i / 260) * Math.PI * 2;
      const distance = 2.35 + scatter(i) * 0.7;
      const rock = new THREE.Mesh(pebble, ring);
      rock.position.set(Math.cos(angle) * distance, scatter(i + 500) * 0.16, Math.sin(angle) * distance);
      rock.scale.setScalar(0.9 + scatter(i + 900));
      moons.add(rock);
    }
    moons.rotation.x = 0.35;
    scene.add(moons);

    scene.add(new THREE.HemisphereLight('#ffffff', '#1e1b4b', 1.1));
    const sun = new THREE.DirectionalLight('#ffffff', 2.4);
    sun.position.set(4, 5, 3);
    scene.add(sun);

    const resize = () => {
      const { clientWidth, clientHeight } = host;
      renderer.setSize(clientWidth, clientHeight);
      camera.aspect = clientWidth / clientHeight;
      camera.updateProjectionMatrix();
    };
    resize();
    window.addEventListener('resize', resize);

    let frame = 0;
    const animate = () => {
      frame = requestAnimationFrame(animate);
      planet.rotation.y += 0.002;
      moons.rotation.y -= 0.003;
      controls.update();
      renderer.render(scene, camera);
    };
    animate();

    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('resize', resize);
      controls.dispose();
      renderer.dispose();
      renderer.domElement.remove();
    };
  }, []);

  useEffect(() => {
    materials.current?.core.color.set(palette.core);
    materials.current?.ring.color.set(palette.ring);
  }, [palette]);

  return (
    <div
      className="relative h-screen w-full overflow-hidden text-white transition-colors duration-700"
      style={{ background: `radial-gradient(circle at 50% 40%, ${palette.glow}, #030712 75%)` }}
    >
      <div ref={mount} className="absolute inset-0 cursor-grab active:cursor-grabbing" />
      <div className="pointer-events-none absolute inset-x-0 top-0 p-6">
        <h1 className="text-xl font-semibold tracking-tight">Little planet</h1>
        <p className="text-sm text-white/60">Drag to orbit, scroll to zoom</p>
        {problem && <p className="mt-4 max-w-sm rounded-lg bg-white/10 p-3 text-sm">{problem}</p>}
      </div>
      <button
        type="button"
        data-testid="action"
        onClick={() => setIndex((index + 1) % palettes.length)}
        className="absolute bottom-6 left-1/2 flex -translate-x-1/2 items-center gap-2 rounded-full border border-white/20 bg-white/10 px-5 py-2.5 text-sm font-medium backdrop-blur hover:bg-white/20"
      >
        <Palette className="h-4 w-4" />
        Palette: {palette.name}
      </button>
    </div>
  );
}
