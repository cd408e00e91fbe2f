import { useEffect, useRef, useState } from 'react';
import * as dat from 'dat.gui';

const themes: Record<string, string[]> = {
  Aurora: ['#22d3ee', '#818cf8', '#e879f9'],
  Citrus: ['#fde047', '#fb923c', '#f43f5e'],
  Moss: ['#bef264', '#34d399', '#0ea5e9'],
};

export default function App() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const settings = useRef({ particles: 220, speed: 1, trail: 0.08, swirl: 1.4, theme: 'Aurora' });
  const paused = useRef(false);
  const [isPaused, setIsPaused] = useState(false);

  useEffect(() => {
    const gui = new dat.GUI({ width: 260 });
    gui.add(settings.current, 'particles', 20, 600, 1).name('Particles');
    gui.add(settings.current, 'speed', 0.1, 4).name('Speed');
    gui.add(settings.current, 'swirl', 0.2, 4).name('Swirl');
    gui.add(settings.current, 'trail', 0.02, 0.4).name('Fade');
    gui.add(settings.current, 'theme', Object.keys(themes)).name('Colours');
    return () => gui.destroy();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const resize = () => {
      element.width = window.innerWidth;
      element.height = window.innerHeight;
      context.fillStyle = '#020617';
      context.fillRect(0, 0, element.width, element.height);
    };
    resize();
    window.addEventListener('resize', resize);

    const particles = Array.from({ length: 600 }, () => ({ x: Math.random(), y: Math.random(), size: 0.6 + Math.random() * 1.8 }));
    let time = 0;
    let frame = 0;
    const draw = () => {
      frame = requestAnimationFrame(draw);
      if (paused.current) return;
      const { particles: amount, speed, trail, swirl, theme } = settings.current;
      time += 0.004 * speed;
      context.fillStyle = `rgba(2, 6, 23, ${trail})`;
      context.fillRect(0, 0, element.width, element.height);
      const colours = themes[theme];
      for (let i = 0; i < amount; i++) {
        const particle = particles[i];
        const angle = (Math.sin(particle.x * 5 * swirl + time) + Math.cos(particle.y * 5 * swirl - time)) * Math.PI;
        particle.x = (particle.x + Math.cos(angle) * 0.0016 * speed + 1) % 1;
        particle.y = (particle.y + Math.sin(angle) * 0.0016 * speed + 1) % 1;
        context.beginPath();
        context.fillStyle = colours[i % colours.length];
        context.arc(particle.x * element.width, particle.y * element.height, particle.size, 0, Math.PI * 2);
        context.fill();
      }
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('resize', resize);
    };
  }, []);

  return (
    <div className="relative h-screen w-full overflow-hidden bg-slate-950">
      <canvas ref={canvas} className="absolute inset-0" />
      <div className="absolute bottom-6 left-6 text-white">
        <h1 className="text-xl font-semibold">Flow field</h1>
        <p className="mb-3 text-sm text-white/60">The panel on the right changes it while it runs.</p>
        <button
          type="button"
          data-testid="action"
          onClick={() => {
            paused.current = !paused.current;
            setIsPaused(paused.current);
          }}
          className="rounded-full bg-white/10 px-4 py-2 text-sm backdrop-blur hover:bg-white/20"
        >
          {isPaused ? 'Resume' : 'Pause'}
        </button>
      </div>
    </div>
  );
}
