// Tailwind as artifacts load and configure it: the Play CDN of version 3 with its plugins, the browser build of version 4.
import type { FieldCase } from '../artifact-case.ts';

const react = 'application/vnd.react';

/** Writes what is wanted of an element's style into the page, as soon as it is so. */
const report = `<output id="out"></output><script>
const wanted = (element, property, value) => {
  const found = document.querySelector(element);
  const now = found && getComputedStyle(found).getPropertyValue(property);
  return now === value || now;
};
const tell = (...rows) => {
  const states = rows.map((row) => wanted(...row));
  document.getElementById('out').textContent = states.every((state) => state === true) ? 'all as wanted' : JSON.stringify(states);
  if (states.some((state) => state !== true)) requestAnimationFrame(() => tell(...rows));
};
</script>`;

/** A page whose elements must have these styles: selector, property, value. */
function page(
  name: string,
  head: string,
  body: string,
  ...rows: [selector: string, property: string, value: string][]
): FieldCase {
  const code = `<!DOCTYPE html><html><head>${head}</head><body>${body}${report}<script>tell(...${JSON.stringify(rows)})</script></body></html>`;
  return { name, type: 'text/html', code, steps: [['see', 'all as wanted']] };
}

const play = '<script src="https://cdn.tailwindcss.com"></script>';
const brand = 'rgb(18, 52, 86)';

export const tailwind: FieldCase[] = [
  page(
    'is configured after the script, with functions, a preset and a plugin of the page',
    `${play}<script>
  tailwind.config = {
    darkMode: 'class', important: '#app', safelist: ['mt-[9px]'], content: ['./index.html'],
    presets: [{ theme: { extend: { spacing: { 13: '3.25rem' } } } }],
    theme: { extend: { colors: ({ colors }) => ({ brand: '#123456', pale: colors.sky[100] }) } },
    plugins: [tailwind.plugin(({ addUtilities, theme }) => addUtilities({ '.boxed': { borderTop: '3px solid ' + theme('colors.brand') } }))],
  };
</script>`,
    '<div id="app" class="dark"><p id="a" class="p-13 bg-brand text-pale boxed dark:rounded-lg" style="padding-left: 1px">A</p></div>',
    ['#a', 'background-color', brand],
    ['#a', 'color', 'rgb(224, 242, 254)'],
    ['#a', 'padding-top', '52px'],
    ['#a', 'border-top-width', '3px'],
    ['#a', 'border-top-left-radius', '8px'],
  ),
  page(
    'is configured before the script is there',
    `<script>window.tailwind = { config: { theme: { extend: { colors: { brand: '#123456' } } } } };</script>${play}`,
    '<p id="a" class="bg-brand">A</p>',
    ['#a', 'background-color', brand],
  ),
  page(
    'is configured by assigning tailwind itself, and again within',
    `${play}<script>
  tailwind = { config: { prefix: 'tw-', theme: { extend: { colors: { brand: 'red' } } } } };
  addEventListener('load', () => setTimeout(() => { window.tailwind.config.theme.extend.colors.brand = '#123456'; }, 100));
</script>`,
    '<p id="a" class="tw-bg-brand p-4">A</p>',
    ['#a', 'background-color', brand],
    ['#a', 'padding-top', '0px'],
  ),
  page(
    'takes a function for a configuration',
    `${play}<script>tailwind.config = ({ colors }) => ({ corePlugins: { preflight: false }, theme: { colors: { ...colors, brand: '#123456' } } });</script>`,
    '<h1 id="a" class="bg-brand">A</h1>',
    ['#a', 'background-color', brand],
    ['#a', 'font-weight', '700'],
  ),
  page(
    "compiles the page's own styles: @layer, @apply, theme(), screen()",
    `${play}<style type="text/tailwindcss">
  @tailwind base; @tailwind components; @tailwind utilities;
  @layer base { h1 { @apply text-2xl font-bold; } }
  @layer components { .btn { @apply rounded-lg bg-slate-900 px-4 hover:bg-red-500; } }
  @layer utilities { .lined { border-bottom: 2px solid theme('colors.red.500'); } }
  @media screen(sm) { .never { color: red } }
  .wide { width: theme(spacing.12); }
</style>`,
    '<h1>Title</h1><button class="btn lined wide">Press</button>',
    ['h1', 'font-size', '24px'],
    ['.btn', 'border-top-left-radius', '8px'],
    ['.btn', 'border-bottom-color', 'rgb(239, 68, 68)'],
    ['.btn', 'width', '48px'],
  ),
  page(
    'keeps its styles where a rule of the page names a class that is none',
    `${play}<style type="text/tailwindcss">.x { @apply no-such-class; }</style>`,
    '<p id="a" class="p-4">A</p>',
    ['#a', 'padding-top', '16px'],
  ),
  page(
    'follows the page: classes and styles that come later',
    play,
    `<div id="a">A</div><script>setTimeout(() => {
  a.className = 'w-[37px] group'; a.innerHTML = '<b id="b" class="group-[.is-on]:p-4 data-[x=y]:mt-[3px]" data-x="y">b</b>';
  setTimeout(() => {
    a.classList.add('is-on');
    const own = document.createElement('style'); own.type = 'text/tailwindcss'; own.textContent = '#b { @apply italic; }';
    document.head.append(own);
  }, 100);
}, 100);</script>`,
    ['#a', 'width', '37px'],
    ['#b', 'padding-top', '16px'],
    ['#b', 'margin-top', '3px'],
    ['#b', 'font-style', 'italic'],
  ),
  page(
    'has the plugins that the address names, with versions',
    '<script src="https://cdn.tailwindcss.com/3.4.17?plugins=forms@0.5.9,typography,aspect-ratio,line-clamp,container-queries"></script>',
    `<article id="a" class="prose prose-lg"><blockquote>Said</blockquote></article><input id="i" type="text">
<div class="@container w-96"><p id="c" class="@sm:p-4 line-clamp-2">c</p></div><div class="w-40 aspect-w-16 aspect-h-9"><i id="r">r</i></div>`,
    ['#a blockquote', 'font-style', 'italic'],
    ['#i', 'padding-left', '12px'],
    ['#c', 'padding-top', '16px'],
    ['#c', '-webkit-line-clamp', '2'],
    ['#r', 'position', 'absolute'],
  ),
  page(
    'answers with the version that is asked for: size-4 is of 3.4',
    '<script src="https://cdn.tailwindcss.com/3.3.3"></script>',
    '<p id="a" class="size-4 h-5">A</p><p id="b" class="line-clamp-1">B</p>',
    ['#a', 'height', '20px'],
    ['#b', '-webkit-line-clamp', '1'],
  ),
  page(
    'answers with the oldest version: line-clamp is of 3.3',
    '<script src="https://cdn.tailwindcss.com/3.0.24"></script>',
    '<p id="a" class="p-4 bg-red-500/50">A</p><p id="b" class="line-clamp-1">B</p>',
    ['#a', 'padding-top', '16px'],
    ['#a', 'background-color', 'rgba(239, 68, 68, 0.5)'],
    ['#b', '-webkit-line-clamp', 'none'],
  ),
  page(
    'is loaded late, by a script, into a page that is there already',
    '',
    `<p id="a" class="p-4">A</p><script>addEventListener('load', () => {
  const script = document.createElement('script'); script.src = 'https://cdn.tailwindcss.com/3.4.17'; document.head.append(script);
});</script>`,
    ['#a', 'padding-top', '16px'],
  ),
  page(
    'is version 4 from jsDelivr, with @theme, @utility, @variant and @apply',
    `<script src="https://cdn.jsdelivr.net/npm/@tailwindcss/browser@4"></script><style type="text/tailwindcss">
  @import "tailwindcss";
  @theme { --color-brand: #123456; --spacing-13: 3.25rem; }
  @utility boxed { border-top: 3px solid var(--color-brand); }
  @custom-variant dark (&:where(.dark, .dark *));
  .btn { @apply rounded-lg px-4; }
</style>`,
    '<p id="a" class="dark bg-brand p-13 boxed dark:mt-2 btn">A</p>',
    ['#a', 'background-color', brand],
    ['#a', 'padding-top', '52px'],
    ['#a', 'border-top-width', '3px'],
    ['#a', 'margin-top', '8px'],
    ['#a', 'border-top-left-radius', '8px'],
  ),
  page(
    'is version 4 from unpkg',
    '<script src="https://unpkg.com/@tailwindcss/browser@4"></script>',
    '<p id="a" class="p-4 bg-linear-to-r">A</p>',
    ['#a', 'padding-top', '16px'],
  ),
  page(
    'is version 4 as a module from esm.sh',
    '<script type="module">import "https://esm.sh/@tailwindcss/browser@4";</script>',
    '<p id="a" class="p-4">A</p>',
    ['#a', 'padding-top', '16px'],
  ),
  {
    name: 'says that version 4 has no files for @plugin in a browser',
    type: 'text/html',
    code: `<!DOCTYPE html><html><head><script>addEventListener('unhandledrejection', ({ reason }) => { document.getElementById('out').textContent = reason.message; });</script>
<script src="https://cdn.jsdelivr.net/npm/@tailwindcss/browser@4"></script><style type="text/tailwindcss">@import "tailwindcss"; @plugin "@tailwindcss/typography";</style>
</head><body><output id="out"></output></body></html>`,
    steps: [['see', 'The browser build does not support plugins or config files.']],
  },
  {
    name: 'comes behind the stylesheets that an artifact brings, as from the CDN',
    type: react,
    code: `import React, { useEffect, useRef, useState } from 'react';
import './own.css';
export default function App() {
  const [seen, setSeen] = useState(''); const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    let frame = 0;
    const look = () => { const { margin, color, padding } = getComputedStyle(ref.current!); setSeen([margin, color, padding].join(' ')); frame = requestAnimationFrame(look); };
    look(); return () => cancelAnimationFrame(frame);
  }, []);
  return <main><p ref={ref} className="p-4">x</p><output>{seen}</output></main>;
}
`,
    files: { '/own.css': 'p { margin: 7px; color: rgb(1, 2, 3) }' },
    steps: [['see', '0px rgb(1, 2, 3) 16px']],
  },
  {
    name: 'styles a component by arbitrary values, groups, and classes that are composed when it runs',
    type: react,
    code: `import React, { useEffect, useRef, useState } from 'react';
export default function App() {
  const [tone, setTone] = useState('sky'); const [seen, setSeen] = useState(''); const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    let frame = 0;
    const look = () => { const style = getComputedStyle(ref.current!); setSeen(style.backgroundColor + ' ' + style.paddingTop); frame = requestAnimationFrame(look); };
    look(); return () => cancelAnimationFrame(frame);
  }, []);
  return <main className="group is-on"><p ref={ref} className={'bg-' + tone + '-500 group-[.is-on]:p-[7px]'}>x</p><button onClick={() => setTone('red')}>Red</button><output>{seen}</output></main>;
}
`,
    steps: [
      ['see', 'rgb(14, 165, 233) 7px'],
      ['click', 'Red'],
      ['see', 'rgb(239, 68, 68) 7px'],
    ],
  },
  {
    name: 'lets a component configure it',
    type: react,
    code: `import React, { useEffect, useRef, useState } from 'react';
declare const tailwind: { config: object; plugin: (run: (api: any) => void) => unknown };
export default function App() {
  const [seen, setSeen] = useState(''); const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    tailwind.config = { theme: { extend: { colors: { brand: '#123456' } } }, plugins: [tailwind.plugin(({ addUtilities }) => addUtilities({ '.boxed': { borderTop: '3px solid' } }))] };
    let frame = 0;
    const look = () => { const style = getComputedStyle(ref.current!); setSeen(style.backgroundColor + ' ' + style.borderTopWidth); frame = requestAnimationFrame(look); };
    look(); return () => cancelAnimationFrame(frame);
  }, []);
  return <main><p ref={ref} className="bg-brand boxed">x</p><output>{seen}</output></main>;
}
`,
    steps: [['see', 'rgb(18, 52, 86) 3px']],
  },
  {
    name: 'compiles the styles that a component renders',
    type: react,
    code: `import React, { useEffect, useRef, useState } from 'react';
const own = '@layer components { .btn { @apply px-4 bg-[#123456]; } }';
export default function App() {
  const [seen, setSeen] = useState(''); const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    let frame = 0;
    const look = () => { const style = getComputedStyle(ref.current!); setSeen(style.backgroundColor + ' ' + style.paddingLeft); frame = requestAnimationFrame(look); };
    look(); return () => cancelAnimationFrame(frame);
  }, []);
  return <main><style type="text/tailwindcss">{own}</style><button ref={ref} className="btn">x</button><output>{seen}</output></main>;
}
`,
    steps: [['see', 'rgb(18, 52, 86) 16px']],
  },
  {
    name: 'is version 4 in a component that loads it',
    type: react,
    code: `import React, { useEffect, useRef, useState } from 'react';
export default function App() {
  const [seen, setSeen] = useState(''); const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const script = document.createElement('script'); script.src = 'https://cdn.jsdelivr.net/npm/@tailwindcss/browser@4'; document.head.append(script);
    let frame = 0;
    const look = () => { setSeen(getComputedStyle(ref.current!).backgroundImage); frame = requestAnimationFrame(look); };
    look(); return () => cancelAnimationFrame(frame);
  }, []);
  return <main><p ref={ref} className="bg-linear-to-r from-red-500">x</p><output>{seen.slice(0, 15)}</output></main>;
}
`,
    steps: [['see', 'linear-gradient']],
  },
];
