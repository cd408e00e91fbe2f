import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleLine } from './console-lines.ts';

for (const name of ['Element', 'HTMLCollection', 'Node', 'NodeList', 'Window']) vi.stubGlobal(name, class {});

let lines: ConsoleLine[];
let page: Console;
let native: string[];

beforeEach(async () => {
  vi.useFakeTimers();
  lines = [];
  native = [];
  page = new Proxy({} as Console, {
    get: (target, method: string) =>
      Reflect.get(target, method) ??
      ((...values: unknown[]) => void native.push(`${method} ${values.length}`)),
  });
  vi.stubGlobal('window', { console: page });
  const { listenToConsole } = await import('./console-lines.ts');
  listenToConsole((line) => lines.push(line));
});
afterEach(() => {
  vi.useRealTimers();
});

const told = () => lines.map(({ method, data }) => [method, ...data]);

describe('listenToConsole', () => {
  it('passes a line on, each with an id of its own, and leaves the browser’s console what it had', () => {
    page.log('one', 1n);
    page.error('two');
    expect(told()).toEqual([
      ['log', 'one', '1n'],
      ['error', 'two'],
    ]);
    expect(lines[0]?.id).not.toBe(lines[1]?.id);
    expect(native).toEqual(['log 2', 'error 1']);
  });

  it('says of the other methods what a browser’s console prints', () => {
    page.assert(true, 'fine');
    page.assert(false, 'claim %d', 3);
    page.count();
    page.count();
    page.countReset();
    page.count();
    page.time('load');
    vi.advanceTimersByTime(20);
    page.timeLog('load', 'half');
    page.timeEnd('load');
    page.timeEnd('load');
    page.group('part');
    page.dir({ a: 1 }, { showHidden: true });
    page.table([{ a: 1n }], ['a']);
    page.trace('here');
    page.clear();
    expect(told()).toEqual([
      ['error', 'Assertion failed:', 'claim 3'],
      ['log', 'default: 1'],
      ['log', 'default: 2'],
      ['log', 'default: 1'],
      ['log', 'load: 20.0 ms', 'half'],
      ['log', 'load: 20.0 ms'],
      ['warn', "Timer 'load' does not exist"],
      ['log', 'part'],
      ['log', { a: 1 }],
      ['table', [{ a: '1n' }]],
      ['log', 'Trace:', 'here'],
      ['clear'],
    ]);
  });

  it.each([
    [
      ['%s is %d%%, %i %f %o', 'load', '12', 3.9, 0.5, { a: [Symbol('s')] }, 'rest'],
      ['load is 12%, 3 0.5 {a: [Symbol(s)]}', 'rest'],
    ],
    [['%cred%c plain', 'color: red', ''], ['red plain']],
    [['%s and %s', 'one'], ['one and %s']],
    [['%d of %s', Symbol('s'), 5n], ['NaN of 5n']],
    [
      ['100%', 1],
      ['100%', 1],
    ],
  ])('fills in format string %#', (values, data) => {
    page.log(...values);
    expect(lines[0]?.data).toEqual(data);
  });

  it('is not drawn into what a getter logs meanwhile', () => {
    const loud = {
      get again(): unknown {
        page.log(loud);
        return 1;
      },
    };
    page.log(loud);
    expect(told()).toEqual([['log', { again: 1 }]]);
  });

  it('reads nothing of a flood, and says how many lines it was', () => {
    let reads = 0;
    const counted = {
      get value() {
        reads += 1;
        return 1;
      },
    };
    for (let n = 0; n < 5_000; n += 1) page.log(counted);
    expect(reads).toBe(250);
    vi.advanceTimersByTime(1_000);
    expect(told()).toHaveLength(251);
    expect(lines.at(-1)).toMatchObject({
      method: 'warn',
      data: ['[preview-kit] 4750 lines more: the browser’s own console has them.'],
    });
    expect(native).toHaveLength(5_000);
  });
});
