// Motion.
import { mounts, type PackageCase } from './package-case.ts';

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
