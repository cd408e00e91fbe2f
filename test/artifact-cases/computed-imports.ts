// `import()` of names that are only known when it is called.
import type { ArtifactCase } from './artifact-case.ts';

export const computedImports: ArtifactCase[] = [
  {
    name: 'packages out of a table',
    dependencies: { dayjs: '^1.11.10', mathjs: '^13.0.0' },
    code: `import { useState } from 'react';
const wanted: Record<string, string> = { Dates: 'dayjs', Maths: 'mathjs', Locale: 'date-fns/locale/fr' };
export default function App() {
  const [msg, setMsg] = useState('pick one');
  const load = async (k: string) => {
    try {
      const m: any = await import(wanted[k]);
      if (k === 'Dates') setMsg('Dates ' + (m.default ?? m)('2020-05-06').format('D.M.YYYY'));
      else if (k === 'Maths') setMsg('Maths ' + m.evaluate('2^10 + 1'));
      else setMsg('Locale ' + (m.fr ?? m.default).code);
    } catch (e: any) { setMsg('import failed: ' + e.message); }
  };
  return <div>{Object.keys(wanted).map((k) => <button key={k} onClick={() => load(k)}>{k}</button>)}<p>{msg}</p></div>;
}`,
    steps: [
      ['see', 'pick one'],
      ['click', 'Dates'],
      ['see', 'Dates 6.5.2020'],
      ['click', 'Maths'],
      ['see', 'Maths 1025'],
      ['click', 'Locale'],
      ['see', 'Locale fr'],
    ],
  },
  {
    name: 'a locale by the user’s choice, in a template literal',
    code: `import { useEffect, useState } from 'react';
import { format } from 'date-fns';
export default function App() {
  const [lang, setLang] = useState('de'); const [text, setText] = useState('');
  useEffect(() => { import(\`date-fns/locale/\${lang}\`).then((m) => setText(format(new Date(2024, 2, 5), 'MMMM', { locale: m[lang] ?? m.default }))); }, [lang]);
  return <div><p>Month {text}</p><button onClick={() => setLang('es')}>Spanish</button></div>;
}`,
    steps: [
      ['see', 'Month März'],
      ['click', 'Spanish'],
      ['see', 'Month marzo'],
    ],
  },
  {
    name: 'React.lazy with a computed name',
    files: {
      '/views/home.tsx': 'export default function Home() { return <h2>Home view</h2>; }',
      '/views/about.tsx': 'export default function About() { return <h2>About view</h2>; }',
    },
    code: `import { lazy, Suspense, useMemo, useState } from 'react';
export default function App() {
  const [view, setView] = useState('home');
  const View = useMemo(() => lazy(() => import('./views/' + view + '.tsx')), [view]);
  return <div><button onClick={() => setView('about')}>Go</button><Suspense fallback={<p>loading</p>}><View /></Suspense></div>;
}`,
    steps: [
      ['see', 'Home view'],
      ['click', 'Go'],
      ['see', 'About view'],
    ],
  },
  {
    name: 'a name without its extension',
    files: {
      '/data/fr.json': '{"hello":"bonjour"}',
      '/data/tools.ts': 'export const shout = (s: string) => s.toUpperCase();',
    },
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [text, setText] = useState('');
  useEffect(() => { (async () => {
    const name = 'tools'; const lang = ['f', 'r'].join('');
    const [tools, words] = await Promise.all([import('./data/' + name), import(\`./data/\${lang}.json\`)]);
    setText(tools.shout((words.default ?? words).hello));
  })(); }, []);
  return <h1>{text || 'waiting'}</h1>;
}`,
    steps: [['see', 'BONJOUR']],
  },
  {
    name: 'several at once',
    code: `import { useEffect, useState } from 'react';
const names = ['clsx', 'date-fns', 'tailwind-merge'];
export default function App() {
  const [all, setAll] = useState<any[]>([]);
  useEffect(() => { Promise.all(names.map((name) => import(name))).then(setAll); }, []);
  if (all.length === 0) return <p>loading</p>;
  const [a, b, c] = all;
  return <p>{(a.default ?? a.clsx)('x', { y: true, z: false })} {b.addDays(new Date(2024, 0, 31), 1).getDate()} {c.twMerge('p-2 p-4')}</p>;
}`,
    steps: [['see', 'x y 1 p-4']],
  },
  {
    name: 'a fallback for what does not exist',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [text, setText] = useState('trying');
  useEffect(() => { (async () => {
    for (const name of ['preview-kit-no-such-package-q7', 'clsx']) {
      try { await import(name); setText('got ' + name); return; } catch (e: any) { setText('without ' + name); await new Promise((r) => setTimeout(r, 50)); }
    }
  })(); }, []);
  return <p>{text}</p>;
}`,
    steps: [['see', 'got clsx']],
  },
  {
    name: 'a message that names what is missing',
    code: `import { useState } from 'react';
export default function App() {
  const [text, setText] = useState('ready');
  const load = async (name: string) => { try { await import(name); setText('loaded'); } catch (e: any) { setText(e.message.includes(name) ? 'names it' : 'says ' + e.message); } };
  return <div><button onClick={() => load('./nowhere')}>Local</button><button onClick={() => load('no-such-package-q8')}>Package</button><p>{text}</p></div>;
}`,
    steps: [
      ['click', 'Local'],
      ['see', 'names it'],
      ['click', 'Package'],
      ['see', 'names it'],
    ],
  },
  {
    name: 'React itself, the same as the artifact’s',
    code: `import * as React from 'react';
export default function App() {
  const [same, setSame] = React.useState('?');
  React.useEffect(() => { const name = 're' + 'act'; import(name).then((m) => setSame(m.useState === React.useState && m.default.useState === React.useState ? 'same React' : 'another React')); }, []);
  return <b>{same}</b>;
}`,
    steps: [['see', 'same React']],
  },
  {
    name: 'a hook of a package that is imported later',
    code: `import { useState } from 'react';
export default function App() {
  const [Icon, setIcon] = useState<any>(null);
  const load = async () => { const lib: any = await import(['lucide', 'react'].join('-')); setIcon(() => lib['Heart']); };
  return <div><button onClick={load}>Load</button>{Icon ? <span><Icon data-testid="icon" />{document.readyState && 'icon ' + typeof Icon}</span> : 'no icon'}</div>;
}`,
    steps: [
      ['see', 'no icon'],
      ['click', 'Load'],
      ['see', 'icon object'],
    ],
  },
  {
    name: 'the same package twice: one instance',
    code: `import { useEffect, useState } from 'react';
const pick = (n: string) => import(n);
export default function App() {
  const [text, setText] = useState('');
  useEffect(() => { Promise.all([pick('three'), pick('three'), import('three')]).then(([a, b, c]) => setText([a.Vector3 === b.Vector3, b.Vector3 === c.Vector3, new a.Vector3(1, 2, 2).length()].join(' '))); }, []);
  return <code>{text}</code>;
}`,
    steps: [['see', 'true true 3']],
  },
  {
    name: 'an export by its computed name',
    code: `import { useEffect, useState } from 'react';
const load = async (spec: string) => { const [name, member] = spec.split('#'); return (await import(name))[member]; };
export default function App() {
  const [out, setOut] = useState('…');
  useEffect(() => { load('date-fns#differenceInDays').then((f) => setOut('days ' + f(new Date(2024, 2, 1), new Date(2024, 1, 1)))); }, []);
  return <output>{out}</output>;
}`,
    steps: [['see', 'days 29']],
  },
  {
    name: 'an alias of the shared files, computed',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [Part, setPart] = useState<any>(null);
  useEffect(() => { const part = 'badge'; import(\`@/components/ui/\${part}\`).then((m) => setPart(() => m.Badge)); }, []);
  return Part ? <Part>Badge here</Part> : <i>none yet</i>;
}`,
    steps: [['see', 'Badge here']],
  },
];
