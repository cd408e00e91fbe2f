// TypeScript and JSX in the varied forms that models write.
import type { ArtifactCase } from './artifact-case.ts';

export const syntax: ArtifactCase[] = [
  {
    name: 'enums, const enums and namespaces',
    code: `enum Suit { Hearts = 'H', Spades = 'S' }
const enum Size { Small = 1, Large = Small << 3 }
enum Flags { None, A = 1 << 0, B = 1 << 1, Both = A | B }
namespace Geometry { export const tau = 6; export namespace Circle { export function area(r: number) { return (tau / 2) * r * r; } } }
import area = Geometry.Circle.area;
export default () => <p>{Suit.Spades} {Size.Large} {Flags[3]} {Geometry.tau} {area(2)}</p>;`,
    steps: [['see', 'S 8 Both 6 12']],
  },
  {
    name: 'an abstract class with accessors and generics',
    code: `abstract class Repository<T extends { id: number }> {
  protected items = new Map<T['id'], T>();
  abstract get label(): string;
  save<K extends T>(item: K): this { this.items.set(item.id, item); return this; }
  get size() { return this.items.size; }
  set limit(n: number) { if (this.size > n) throw new RangeError('too many'); }
}
class Users extends Repository<{ id: number; name: string }> { get label() { return [...this.items.values()].map((u) => u.name).join('+'); } }
const users = new Users().save({ id: 1, name: 'Ann' }).save({ id: 2, name: 'Bo' });
users.limit = 5;
export default function App() { return <p>{users.label} ({users.size})</p>; }`,
    steps: [['see', 'Ann+Bo (2)']],
  },
  {
    name: 'generic arrow functions and components in TSX',
    code: `import { useState } from 'react';
const identity = <T,>(value: T): T => value;
const first = <T extends unknown[]>(list: T) => list[0] as T[0];
interface ListProps<T> { items: readonly T[]; render(item: T): React.ReactNode; onPick?: (item: T) => void }
function List<T extends string | number>({ items, render, onPick }: ListProps<T>) { return <ul>{items.map((i) => <li key={i}><button onClick={() => onPick?.(i)}>{render(i)}</button></li>)}</ul>; }
export default function App() {
  const [picked, pick] = useState<string>();
  return <div><List<string> items={['red', 'blue'] as const} render={(s) => s.toUpperCase()} onPick={pick} /><p>{picked ?? identity(first(['none']))!}</p></div>;
}`,
    steps: [
      ['see', 'none'],
      ['click', 'BLUE'],
      ['see', 'blue'],
    ],
  },
  {
    name: 'export default class with a handler as a field',
    code: `import React, { Component } from 'react';
interface State { open: boolean }
export default class Panel extends Component<Record<string, never>, State> {
  static defaultTitle = 'Panel';
  state: State = { open: false };
  toggle = (): void => this.setState(({ open }) => ({ open: !open }));
  componentDidMount() { document.title = Panel.defaultTitle; }
  render(): React.ReactNode { return <><button onClick={this.toggle}>Toggle</button>{this.state.open && <p>{document.title} is open</p>}</>; }
}`,
    steps: [
      ['click', 'Toggle'],
      ['see', 'Panel is open'],
    ],
  },
  {
    name: 'memo, forwardRef and useImperativeHandle',
    code: `import { forwardRef, memo, useImperativeHandle, useRef, useState } from 'react';
type Handle = { shout(): string };
const Field = memo(forwardRef<Handle, { label: string }>(function Field({ label }, ref) { const input = useRef<HTMLInputElement>(null); useImperativeHandle(ref, () => ({ shout: () => input.current!.value.toUpperCase() }), []); return <label>{label}<input ref={input} defaultValue="quiet" /></label>; }));
export default memo(() => { const ref = useRef<Handle>(null); const [said, say] = useState(''); return <div><Field ref={ref} label="Word" /><button onClick={() => say(ref.current?.shout() ?? '')}>Shout</button><p>{said}</p></div>; });`,
    steps: [
      ['click', 'Shout'],
      ['see', 'QUIET'],
    ],
  },
  {
    name: 'satisfies, as const, non-null and optional everything',
    code: `type Route = { path: \`/\${string}\`; title?: string };
const routes = { home: { path: '/' }, about: { path: '/about', title: 'About us' } } as const satisfies Record<string, Route>;
type Name = keyof typeof routes;
const names = Object.keys(routes) as Name[];
let maybe: { deep?: { list?: number[]; call?(): string } } | undefined = { deep: {} };
const total = maybe?.deep?.list?.[0] ?? maybe!.deep!.call?.() ?? 1_000;
maybe.deep!.list ??= [1]; maybe.deep!.list &&= [2, 3];
export default () => <p>{names.map((n) => ('title' in routes[n] ? (routes[n] as Route).title : n)).join(', ')} {total} {maybe?.deep?.list?.at(-1)}</p>;`,
    steps: [['see', 'home, About us 1000 3']],
  },
  {
    name: 'parameter properties, overloads, declare and index signatures',
    code: `declare const UNUSED: string;
function join(a: string): string; function join(a: number, b: number): number;
function join(a: any, b?: any): any { return b === undefined ? a + '!' : a + b; }
class Point { [key: string]: unknown; declare z?: number; constructor(public readonly x: number, protected y = 2, private tag?: string) {} sum(this: Point) { return this.x + (this.y as number); } }
function assertIsString(v: unknown): asserts v is string { if (typeof v !== 'string') throw new Error(); }
const p = new Point(3); const v: unknown = 'ok'; assertIsString(v);
export default () => <p>{join('a')} {join(1, 2)} {p.sum()} {'z' in p ? 'z' : 'no z'} {v}</p>;`,
    steps: [['see', 'a! 3 5 no z ok']],
  },
  {
    name: 'JSX with namespaces, spreads, fragments and entities',
    code: `import { Fragment } from 'react';
const props = { title: 'tip', 'data-x': 1 };
const Lib = { Menu: { Item: ({ children, ...rest }: any) => <li {...rest}>{children}</li> } };
export default function App() { return <><Lib.Menu.Item {...props} key="a">A &amp; B &mdash; {"{braces}"} {/* gone */}</Lib.Menu.Item>{[1, 2].map((n) => <Fragment key={n}>n{n};</Fragment>)}<svg width="10" height="10" xmlnsXlink="http://www.w3.org/1999/xlink"><use xlinkHref="#x" /></svg><p hidden={false} aria-label='q"q'>{0 && 'never'}{''}{null}{true} &lt;end&gt;</p></>; }`,
    steps: [
      ['see', 'A & B — {braces}'],
      ['see', 'n1;n2;'],
      ['see', '0 <end>'],
    ],
  },
  {
    name: 'generators, iterators, proxies and tagged templates',
    code: `function* primes(limit: number): Generator<number, string> { outer: for (let n = 2; n < limit; n++) { for (let d = 2; d * d <= n; d++) if (n % d === 0) continue outer; yield n; } return 'end'; }
const tag = (s: TemplateStringsArray, ...v: unknown[]) => s.raw.map((part, i) => part + (v[i] ?? '')).join('');
const loud = new Proxy({} as Record<string, string>, { get: (_t, k) => String(k).toUpperCase() });
const { groups } = /(?<year>\\d{4})-(?<month>\\d\\d)/u.exec('2024-05')!;
const [a, , c = 9, ...rest] = [...primes(20)]; const { length: len, [0]: zero, ...others } = [7, 8] as any;
export default () => <p>{tag\`p\${a}c\${c}\`} {rest.join('.')} {loud.hi} {groups!.year}/{groups!.month} {len} {zero} {Object.keys(others).join()} {2n ** 70n > 1n ? 'big' : ''}</p>;`,
    steps: [['see', 'p2c5 7.11.13.17.19 HI 2024/05 2 7 1 big']],
  },
  {
    name: 'an error boundary that shows what was thrown',
    code: `import React from 'react';
class Boundary extends React.Component<React.PropsWithChildren, { error?: Error }> {
  state: { error?: Error } = {};
  static getDerivedStateFromError(error: Error) { return { error }; }
  render() { return this.state.error ? <p>Caught: {this.state.error.message}</p> : this.props.children; }
}
function Bomb({ armed }: { armed: boolean }): JSX.Element { if (armed) throw new Error('boom'); return <p>safe</p>; }
export default function App() { const [armed, arm] = React.useState(false); return <Boundary><Bomb armed={armed} /><button onClick={() => arm(true)}>Arm</button></Boundary>; }`,
    steps: [
      ['see', 'safe'],
      ['click', 'Arm'],
      ['see', 'Caught: boom'],
    ],
  },
  {
    name: 'a default export by name, at the end, with others beside it',
    code: `import * as React from 'react';
export type Theme = 'light' | 'dark';
export const ThemeContext = React.createContext<Theme>('light');
export const useTheme = (): Theme => React.useContext(ThemeContext);
const Child: React.FC<{ n?: number }> = ({ n = 1 }) => <p>{useTheme()} {n}</p>;
function App() { const [t, setT] = React.useState<Theme>('light'); return <ThemeContext.Provider value={t}><Child n={2} /><button onClick={() => setT('dark')}>Darken</button></ThemeContext.Provider>; }
export { App as Named, App as default };`,
    steps: [
      ['see', 'light 2'],
      ['click', 'Darken'],
      ['see', 'dark 2'],
    ],
  },
  {
    name: 'names that tools use themselves',
    code: `const module = 'm', exports = 'e', require = 'r', React = 'R', global = 'g', define = 'd', __filename = 'f', $import = 'i', $meta = 'a';
const process = { env: { X: 'p' } };
export default function _jsx() { return <p>{[module, exports, require, React, global, define, __filename, $import, $meta, process.env.X].join('')}</p>; }`,
    steps: [['see', 'merRgdfiap']],
  },
  {
    name: 'hooks: reducer, transition, id, deferred value, layout effect',
    code: `import { startTransition, useCallback, useDeferredValue, useId, useLayoutEffect, useReducer, useRef, useTransition } from 'react';
type Action = { type: 'add'; by: number } | { type: 'reset' };
const reduce = (s: number, a: Action): number => { switch (a.type) { case 'add': return s + a.by; case 'reset': return 0; default: { const never: never = a; return never; } } };
export default function App() {
  const [n, dispatch] = useReducer(reduce, 0); const id = useId(); const slow = useDeferredValue(n); const [pending, start] = useTransition(); const ref = useRef<HTMLParagraphElement>(null); const width = useRef(0);
  useLayoutEffect(() => { width.current = ref.current!.getBoundingClientRect().width; });
  const add = useCallback(() => start(() => dispatch({ type: 'add', by: 3 })), []);
  return <div id={id}><p ref={ref}>n {slow} {pending ? 'pending' : 'idle'} {id.length > 1 ? 'id' : ''}</p><button onClick={add}>Add three</button><button onClick={() => startTransition(() => dispatch({ type: 'reset' }))}>Reset</button></div>;
}`,
    steps: [
      ['click', 'Add three'],
      ['see', 'n 3 idle id'],
      ['click', 'Reset'],
      ['see', 'n 0 idle id'],
    ],
  },
];
