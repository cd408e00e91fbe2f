// Private members of classes, in files with loops.
import type { ArtifactCase } from './artifact-case.ts';

export const privateMembers: ArtifactCase[] = [
  {
    name: 'a heap with private methods and a `while`',
    code: `import React, { useState } from 'react';
class Heap {
  #items: number[] = [];
  get #last() { return this.#items.length - 1; }
  #swap(a: number, b: number) { [this.#items[a], this.#items[b]] = [this.#items[b], this.#items[a]]; }
  #rise(i: number) { while (i > 0) { const p = (i - 1) >> 1; if (this.#items[p] <= this.#items[i]) break; this.#swap(p, i); i = p; } }
  push(n: number) { this.#items.push(n); this.#rise(this.#last); return this; }
  get top() { return this.#items[0]; }
}
export default function App() {
  const [heap] = useState(() => new Heap().push(9).push(4).push(7));
  return <h1>Smallest is {heap.top}</h1>;
}`,
    steps: [['see', 'Smallest is 4']],
  },
  {
    name: 'a queue with a private `do … while`',
    code: `class Queue<T> {
  #head = 0; #items: T[] = [];
  #drain() { const out: T[] = []; do { out.push(this.#items[this.#head++] as T); } while (this.#head < this.#items.length); return out; }
  add(...more: T[]) { this.#items.push(...more); return this; }
  take() { return this.#drain(); }
}
export default () => <p>Order {new Queue<string>().add('a', 'b', 'c').take().join('>')}</p>;`,
    steps: [['see', 'Order a>b>c']],
  },
  {
    name: 'static private fields and a static block',
    code: `class Ids {
  static #next = 10;
  static #log: string[] = [];
  static { for (let i = 0; i < 3; i++) Ids.#log.push('warm' + i); }
  static make() { return 'id-' + Ids.#next++; }
  static get log() { return Ids.#log.join(); }
}
const made = [Ids.make(), Ids.make()].join(' ');
export default function App() { return <pre>{Ids.log} {made}</pre>; }`,
    steps: [['see', 'warm0,warm1,warm2 id-10 id-11']],
  },
  {
    name: 'a brand check',
    code: `class Money {
  #cents: number;
  constructor(cents: number) { this.#cents = cents; }
  static is(x: unknown): x is Money { return typeof x === 'object' && x !== null && #cents in x; }
  equals(other: unknown) { return Money.is(other) && other.#cents === this.#cents; }
}
let checks = 0; while (checks < 2) checks++;
const a = new Money(5);
export default () => <p>{String(a.equals(new Money(5)))} {String(a.equals({ cents: 5 }))} {String(Money.is(null))} {checks}</p>;`,
    steps: [['see', 'true false false 2']],
  },
  {
    name: 'a private async generator',
    code: `import { useEffect, useState } from 'react';
class Feed {
  async *#pages() { let page = 1; while (page <= 3) { await Promise.resolve(); yield 'page ' + page++; } }
  async read() { const out: string[] = []; for await (const p of this.#pages()) out.push(p); return out; }
}
export default function App() {
  const [pages, setPages] = useState<string[]>([]);
  useEffect(() => { new Feed().read().then(setPages); }, []);
  return <p>{pages.join(', ') || 'none'}</p>;
}`,
    steps: [['see', 'page 1, page 2, page 3']],
  },
  {
    name: 'private getters and setters with a counter',
    code: `import { useState } from 'react';
class Counter {
  #value = 0;
  get #step() { return 2; }
  set #safe(n: number) { this.#value = n > 5 ? 0 : n; }
  up() { this.#safe = this.#value + this.#step; return this.#value; }
}
const counter = new Counter();
export default function App() {
  const [n, setN] = useState(0);
  for (const _ of [1]) { /* a loop in render */ }
  return <button onClick={() => setN(counter.up())}>Up {n}</button>;
}`,
    steps: [
      ['click', 'Up 0'],
      ['click', 'Up 2'],
      ['click', 'Up 4'],
      ['see', 'Up 0'],
    ],
  },
  {
    name: 'a class component with private state and loops',
    code: `import React from 'react';
export default class Board extends React.Component {
  #cells = Array.from({ length: 9 }, (_, i) => i);
  #sum = () => { let i = 0, sum = 0; while (i < this.#cells.length) sum += this.#cells[i++]; return sum; };
  override render() { return <p>Sum {this.#sum()}</p>; }
}`,
    steps: [['see', 'Sum 36']],
  },
  {
    name: 'optional chaining and assignment on private members',
    code: `class Node2 { #next?: Node2; #n: number; constructor(n: number) { this.#n = n; }
  link(n: number) { this.#next ??= new Node2(n); return this; }
  get path(): string { let at: Node2 | undefined = this; const seen: number[] = []; while (at) { seen.push(at.#n); at = at.#next; } return seen.join('→'); }
  second() { return this.#next?.#n ?? -1; } bump() { this.#n **= 2; this.#n ||= 7; return this; } }
export default () => <p>{new Node2(3).link(4).link(5).bump().path} {new Node2(1).second()}</p>;`,
    steps: [['see', '9→4 -1']],
  },
  {
    name: 'inheritance with privates of the same name',
    code: `abstract class Animal { #name = 'animal'; describe() { return this.#name; } abstract sound(): string; }
class Dog extends Animal { #name = 'dog'; sound() { let s = ''; for (let i = 0; i < 2; i++) s += 'woof '; return s + this.#name; } override describe() { return super.describe() + '/' + this.#name; } }
const dog = new Dog();
export default () => <p>{dog.describe()}: {dog.sound()}</p>;`,
    steps: [['see', 'animal/dog: woof woof dog']],
  },
  {
    name: 'an event emitter whose handlers are private',
    code: `import { useEffect, useState } from 'react';
class Emitter<E extends Record<string, unknown>> {
  readonly #handlers = new Map<keyof E, Set<(value: any) => void>>();
  on<K extends keyof E>(type: K, handler: (value: E[K]) => void) { const set = this.#handlers.get(type) ?? new Set(); set.add(handler); this.#handlers.set(type, set); return () => void set.delete(handler); }
  emit<K extends keyof E>(type: K, value: E[K]) { for (const handler of this.#handlers.get(type) ?? []) handler(value); }
}
const bus = new Emitter<{ score: number }>();
export default function App() {
  const [score, setScore] = useState(0);
  useEffect(() => bus.on('score', (n) => setScore((s) => s + n)), []);
  return <div><p>Score {score}</p><button onClick={() => { let i = 3; while (i--) bus.emit('score', 5); }}>Hit</button></div>;
}`,
    steps: [
      ['click', 'Hit'],
      ['see', 'Score 15'],
    ],
  },
  {
    name: 'labelled loops around private members',
    code: `class Grid { #rows = [[1, 2], [3, 0], [5, 6]];
  find(n: number) { let at = 'none'; outer: for (const [y, row] of this.#rows.entries()) { for (const [x, v] of row.entries()) { if (v === n) { at = x + ',' + y; break outer; } if (v === -1) continue outer; } } return at; } }
export default () => <p>Zero at {new Grid().find(0)}; nine {new Grid().find(9)}</p>;`,
    steps: [['see', 'Zero at 1,1; nine none']],
  },
  {
    name: 'an accessor field and a private tree',
    code: `class Tree { accessor size = 0; #root: { v: number; l?: any; r?: any } | null = null;
  add(v: number) { this.size++; if (!this.#root) { this.#root = { v }; return this; } let at: any = this.#root; while (true) { const side = v < at.v ? 'l' : 'r'; if (!at[side]) { at[side] = { v }; return this; } at = at[side]; } }
  *[Symbol.iterator](): Generator<number> { yield* this.#walk(this.#root); }
  *#walk(n: any): Generator<number> { if (!n) return; yield* this.#walk(n.l); yield n.v; yield* this.#walk(n.r); } }
const tree = new Tree().add(5).add(2).add(8).add(1);
export default () => <p>{[...tree].join(' ')} size {tree.size}</p>;`,
    steps: [['see', '1 2 5 8 size 4']],
  },
];
