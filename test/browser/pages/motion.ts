// Animation and sound.
import { type PageCase, writePage } from './page-case.ts';

export const motion: PageCase[] = [
  {
    name: 'GSAP with ScrollTrigger',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/gsap/3.12.2/gsap.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/gsap/3.12.2/ScrollTrigger.min.js"></script>`,
      `<div id="out">box</div>
<script>
gsap.registerPlugin(ScrollTrigger);
gsap.to('#out', { x: 120, duration: 0.3, ease: 'power2.out', scrollTrigger: { trigger: '#out', start: 'top bottom' } });
</script>`,
    ),
    shows: { style: ['transform', 'matrix(1, 0, 0, 1, 120, 0)'] },
  },
  {
    name: 'anime.js',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/animejs/3.2.1/anime.min.js"></script>',
      `<div id="out">box</div>
<script>
anime({ targets: '#out', translateX: 250, duration: 300, easing: 'easeInOutQuad' });
</script>`,
    ),
    shows: { style: ['transform', 'matrix(1, 0, 0, 1, 250, 0)'] },
  },
  {
    name: 'Animate.css',
    html: writePage(
      '<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/animate.css/4.1.1/animate.min.css">',
      '<h1 id="out" class="animate__animated animate__bounce">An animated element</h1>',
    ),
    shows: { style: ['animation-name', 'bounce'] },
  },
  {
    name: 'AOS',
    html: writePage(
      '<link href="https://unpkg.com/aos@2.3.1/dist/aos.css" rel="stylesheet">',
      `<div id="out" data-aos="fade-up" data-aos-duration="200">Revealed</div>
<script src="https://unpkg.com/aos@2.3.1/dist/aos.js"></script>
<script>AOS.init();</script>`,
    ),
    shows: { in: '#out.aos-animate', style: ['opacity', '1'] },
  },
  {
    name: 'Lottie',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/bodymovin/5.12.2/lottie.min.js"></script>',
      `<div id="out" style="width:200px;height:200px"></div>
<script>
lottie.loadAnimation({
  container: document.getElementById('out'), renderer: 'svg', loop: true, autoplay: true,
  animationData: {
    v: '5.5.7', fr: 30, ip: 0, op: 60, w: 100, h: 100, assets: [],
    layers: [{
      ddd: 0, ty: 4, nm: 'dot', sr: 1, ip: 0, op: 60, st: 0, bm: 0, ao: 0,
      ks: { o: { a: 0, k: 100 }, r: { a: 0, k: 0 }, p: { a: 0, k: [50, 50, 0] }, a: { a: 0, k: [0, 0, 0] }, s: { a: 0, k: [100, 100, 100] } },
      shapes: [{ ty: 'gr', nm: 'group', it: [
        { ty: 'el', d: 1, p: { a: 0, k: [0, 0] }, s: { a: 0, k: [60, 60] } },
        { ty: 'fl', c: { a: 0, k: [1, 0, 0, 1] }, o: { a: 0, k: 100 }, r: 1 },
        { ty: 'tr', p: { a: 0, k: [0, 0] }, a: { a: 0, k: [0, 0] }, s: { a: 0, k: [100, 100] }, r: { a: 0, k: 0 }, o: { a: 0, k: 100 } }
      ] }]
    }]
  }
});
</script>`,
    ),
    shows: { in: '#out svg path', style: ['fill', 'rgb(255, 0, 0)'] },
  },
  {
    name: 'Confetti',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/canvas-confetti@1.6.0/dist/confetti.browser.min.js"></script>',
      `<canvas id="out" width="400" height="300"></canvas>
<script>
const shoot = confetti.create(document.getElementById('out'), { useWorker: true });
setInterval(() => shoot({ particleCount: 200, spread: 120, origin: { y: 0.6 } }), 300);
</script>`,
    ),
    shows: { painted: true },
  },
  {
    name: 'Tone.js renders a note',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/tone/14.8.49/Tone.js"></script>',
      `<p id="out">waiting</p>
<script>
Tone.Offline(() => {
  const synth = new Tone.Synth().toDestination();
  synth.triggerAttackRelease('A4', 0.2, 0);
}, 0.3).then(buffer => {
  const loud = buffer.toArray(0).some(sample => Math.abs(sample) > 0.05);
  document.getElementById('out').textContent = (loud ? 'heard ' : 'silent ') + Tone.Frequency('A4').toFrequency();
});
</script>`,
    ),
    shows: { text: 'heard 440' },
  },
  {
    name: 'Howler.js loads a sound',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/howler/2.2.3/howler.min.js"></script>',
      `<p id="out">waiting</p>
<script>
// Half a second of silence at 8 kHz.
const bytes = new Uint8Array(44 + 4000).fill(128);
const view = new DataView(bytes.buffer);
const put = (at, text) => [...text].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
put(0, 'RIFF'); view.setUint32(4, 4036, true); put(8, 'WAVEfmt ');
view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
view.setUint32(24, 8000, true); view.setUint32(28, 8000, true); view.setUint16(32, 1, true); view.setUint16(34, 8, true);
put(36, 'data'); view.setUint32(40, 4000, true);
const sound = new Howl({
  src: ['data:audio/wav;base64,' + btoa(String.fromCharCode(...bytes))],
  onload: () => { document.getElementById('out').textContent = sound.duration() + ' s'; }
});
</script>`,
    ),
    shows: { text: '0.5 s' },
  },
];
