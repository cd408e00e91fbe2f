// Decorators, of TypeScript's older kind and of the standard's, on the places where models put them.
import type { ArtifactCase } from './artifact-case.ts';

const mobx = { mobx: '^6.12.0', 'mobx-react-lite': '^4.0.7' };

export const decorators: ArtifactCase[] = [
  {
    name: 'a MobX store with decorated fields',
    dependencies: mobx,
    code: `import React from 'react';
import { makeObservable, observable, action, computed } from 'mobx';
import { observer } from 'mobx-react-lite';
class Basket {
  @observable items = 1;
  constructor() { makeObservable(this); }
  @action add() { this.items++; }
  @computed get total() { return this.items * 5; }
}
const basket = new Basket();
export default observer(function App() {
  return <main><p>{basket.items} items cost {basket.total}</p><button onClick={() => basket.add()}>Add</button></main>;
});`,
    steps: [
      ['see', '1 items cost 5'],
      ['click', 'Add'],
      ['see', '2 items cost 10'],
    ],
  },
  {
    name: 'a MobX store with decorated accessors',
    dependencies: mobx,
    code: `import { observable, computed, action } from 'mobx';
import { observer } from 'mobx-react-lite';
class Timer {
  @observable accessor seconds = 58;
  @computed get label() { return Math.floor(this.seconds / 60) + ':' + String(this.seconds % 60).padStart(2, '0'); }
  @action tick() { this.seconds += 1; }
}
const timer = new Timer();
const App = observer(() => <div><h1>Time {timer.label}</h1><button onClick={() => timer.tick()}>Tick</button></div>);
export default App;`,
    steps: [
      ['see', 'Time 0:58'],
      ['click', 'Tick'],
      ['click', 'Tick'],
      ['see', 'Time 1:00'],
    ],
  },
  {
    name: 'a method decorator with a descriptor',
    code: `import React from 'react';
function memoize(target: any, key: string, descriptor: PropertyDescriptor) {
  const original = descriptor.value;
  const cache = new Map<number, number>();
  descriptor.value = function (n: number) {
    if (!cache.has(n)) cache.set(n, original.call(this, n));
    return cache.get(n);
  };
  return descriptor;
}
class Fibonacci {
  calls = 0;
  @memoize
  of(n: number): number { this.calls++; return n < 2 ? n : this.of(n - 1) + this.of(n - 2); }
}
const f = new Fibonacci();
const line = 'fib(30) = ' + f.of(30) + ' in ' + f.calls + ' calls';
export default function App() { return <p>{line}</p>; }`,
    steps: [['see', 'fib(30) = 832040 in 31 calls']],
  },
  {
    name: 'a decorator of a whole class',
    code: `const registry: string[] = [];
function register(constructor: Function) { registry.push(constructor.name); }
@register
class Circle {}
@register
class Square {}
export default function Shapes() {
  return <ul>{registry.map((name) => <li key={name}>Shape {name}</li>)}<li>{new Circle() instanceof Circle ? 'made' : 'lost'} {typeof Square}</li></ul>;
}`,
    steps: [
      ['see', 'Shape Circle'],
      ['see', 'Shape Square'],
      ['see', 'made function'],
    ],
  },
  {
    name: 'a decorator that is made by a call',
    code: `function clamp(min: number, max: number) {
  return function (_target: any, _key: string, descriptor: PropertyDescriptor) {
    const set = descriptor.set!;
    descriptor.set = function (value: number) { set.call(this, Math.min(max, Math.max(min, value))); };
  };
}
class Slider {
  private _value = 0;
  get value() { return this._value; }
  @clamp(0, 100)
  set value(v: number) { this._value = v; }
}
const slider = new Slider();
slider.value = 250;
export default () => <h2>Clamped to {slider.value}</h2>;`,
    steps: [['see', 'Clamped to 100']],
  },
  {
    name: 'standard decorators with a context',
    code: `function logged(value: Function, context: ClassMethodDecoratorContext) {
  return function (this: unknown, ...args: unknown[]) {
    return String(context.name) + '(' + args.join(',') + ') = ' + value.apply(this, args);
  };
}
class Calculator {
  @logged add(a: number, b: number) { return a + b; }
  @logged static twice(n: number) { return n * 2; }
}
export default function App() {
  return <p>{new Calculator().add(2, 3) as unknown as string}; {Calculator.twice(4) as unknown as string}</p>;
}`,
    steps: [['see', 'add(2,3) = 5; twice(4) = 8']],
  },
  {
    name: 'a bound method, by addInitializer',
    code: `import { useState } from 'react';
function bound(_value: unknown, context: ClassMethodDecoratorContext) {
  context.addInitializer(function (this: any) { this[context.name] = this[context.name].bind(this); });
}
class Greeter {
  constructor(private name: string) {}
  @bound greet() { return 'Hello, ' + this.name; }
}
const { greet } = new Greeter('Ada');
export default function App() {
  const [text, setText] = useState('…');
  return <button onClick={() => setText(greet())}>Greet {text}</button>;
}`,
    steps: [
      ['click', 'Greet …'],
      ['see', 'Greet Hello, Ada'],
    ],
  },
  {
    name: 'metadata of fields, kept by a decorator',
    code: `const rules: Record<string, string[]> = {};
function required(target: any, propertyKey: string) { (rules[propertyKey] ??= []).push('required'); }
function max(length: number) { return (target: any, propertyKey: string) => { (rules[propertyKey] ??= []).push('max ' + length); }; }
class Form {
  @required @max(20) name = '';
  @required
  email!: string;
}
export default function App() {
  const form = new Form();
  return <dl>{Object.entries(rules).map(([k, v]) => <div key={k}>{k}: {[...v].sort().join(' & ')} [{form.name}]</div>)}</dl>;
}`,
    steps: [
      ['see', 'name: max 20 & required []'],
      ['see', 'email: required'],
    ],
  },
  {
    name: 'a parameter decorator',
    code: `const injected: string[] = [];
function Inject(token: string) { return (_target: any, _key: string | undefined, index: number) => { injected.push(token + '@' + index); }; }
class Service {
  constructor(@Inject('http') private http: string, @Inject('log') readonly log: string) {}
  describe() { return this.http + '+' + this.log; }
}
export default function App() {
  return <p>{injected.sort().join(' ')} → {new Service('fetch', 'console').describe()}</p>;
}`,
    steps: [['see', 'http@0 log@1 → fetch+console']],
  },
  {
    name: 'a decorated class as the default export’s state',
    code: `import { useReducer } from 'react';
function sealed(constructor: Function) { Object.seal(constructor); Object.seal(constructor.prototype); }
@sealed
class Account {
  static count = 0;
  balance = 100;
  constructor() { Account.count += 1; }
  deposit(n: number) { this.balance += n; }
}
const account = new Account();
export default function App() {
  const [, rerender] = useReducer((n) => n + 1, 0);
  return <section><p>{Object.isSealed(Account) ? 'sealed' : 'open'} {Account.count} balance {account.balance}</p>
    <button onClick={() => { account.deposit(25); rerender(); }}>Deposit</button></section>;
}`,
    steps: [
      ['see', 'sealed 1 balance 100'],
      ['click', 'Deposit'],
      ['see', 'sealed 1 balance 125'],
    ],
  },
  {
    name: 'a throttled handler of a class component',
    code: `import React from 'react';
function once(_t: any, _key: string, descriptor: PropertyDescriptor) {
  const original = descriptor.value;
  let done = false;
  return { ...descriptor, value(this: any, ...args: any[]) { if (done) return; done = true; return original.apply(this, args); } };
}
export default class App extends React.Component<{}, { saved: number; clicks: number }> {
  state = { saved: 0, clicks: 0 };
  @once
  save() { this.setState((s) => ({ saved: s.saved + 1 })); }
  render() {
    return <button onClick={() => { this.save(); this.setState((s) => ({ clicks: s.clicks + 1 })); }}>Save {this.state.saved} of {this.state.clicks}</button>;
  }
}`,
    steps: [
      ['click', 'Save 0 of 0'],
      ['see', 'Save 1 of 1'],
      ['click', 'Save 1 of 1'],
      ['see', 'Save 1 of 2'],
    ],
  },
  {
    name: 'text and packages with an @ that decorates nothing',
    code: `import * as Tabs from '@radix-ui/react-tabs';
const handle = '@ada'; const mail = "ada@example.org";
const css = \`@media (min-width: 1px) { .at { color: rgb(1, 2, 3); } }\`;
export default function App() {
  return <Tabs.Root defaultValue="a"><style>{css}</style><Tabs.List><Tabs.Trigger value="a">A</Tabs.Trigger></Tabs.List>
    <Tabs.Content value="a" className="at">Write to @{handle.slice(1)} or {mail} @ noon</Tabs.Content></Tabs.Root>;
}`,
    steps: [['see', 'Write to @ada or ada@example.org @ noon']],
  },
];
