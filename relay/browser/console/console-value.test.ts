import { beforeAll, describe, expect, it, vi } from 'vitest';

// What a browser has and Node does not; test/artifact-cases/field/console.ts logs the real ones.
for (const name of ['Element', 'HTMLCollection', 'Node', 'NodeList', 'Window']) vi.stubGlobal(name, class {});
let encode: (value: unknown) => unknown;
beforeAll(async () => {
  const { allowLine } = await import('./console-text.ts');
  const { encodeValue } = await import('./console-value.ts');
  encode = (value) => encodeValue(value, allowLine());
});

class Point {
  x = 1;
}
const named = (name: string, own = name) => ({
  name,
  '@t': 'Function',
  data: { name: own, body: '…', proto: 'Function' },
});

describe('encodeValue', () => {
  it.each([
    ['a BigInt', 12n, '12n'],
    ['a symbol', Symbol('sign'), 'Symbol(sign)'],
    ['nothing', undefined, { '@t': '[[undefined]]', data: '' }],
    ['NaN', Number.NaN, { '@t': '[[NaN]]', data: '' }],
    ['minus infinity', -Infinity, { '@t': 'Arithmetic', data: 1 }],
    ['an invalid date', new Date(Number.NaN), 'Invalid Date'],
    ['a date', new Date(5), { '@t': '[[Date]]', data: 5 }],
    ['a promise', Promise.resolve(), 'Promise {}'],
    ['a weak map', new WeakMap(), 'WeakMap {}'],
    ['an instance', new Point(), { x: 1, constructor: named('Point') }],
    ['a map', new Map([['k', { v: 1n }]]), { k: { v: '1n' }, constructor: named('Map(1)', 'Map') }],
    ['a set', new Set(['a']), { 0: 'a', constructor: named('Set(1)', 'Set') }],
    [
      'a typed array',
      new Uint8Array([7, 8]),
      { 0: 7, 1: 8, constructor: named('Uint8Array(2)', 'Uint8Array') },
    ],
    ['no prototype', Object.assign(Object.create(null), { a: null }), { a: null }],
    [
      'keys of the readers',
      { '@t': 'x', '#@t': 1, constructor: 2 },
      { "'@t'": 'x', "'#@t'": 1, "'constructor'": 2 },
    ],
    ['a file', new URL('https://a.test/b?c'), 'https://a.test/b?c'],
  ])('says what is in %s', (_, value, encoded) => {
    expect(encode(value)).toEqual(encoded);
    expect(structuredClone(encode(value))).toEqual(JSON.parse(JSON.stringify(encode(value))));
  });

  it('says what readers print as nothing, objects inside two others, as text', () => {
    expect(encode({ a: { b: { c: [1n, 'two', { d: new Point() }] } } })).toEqual({
      a: { b: '{c: [1n, "two", {d: Point {x: 1}}]}' },
    });
  });

  it('tells circles from what occurs twice', () => {
    const once = { v: 1 };
    const ring: Record<string, unknown> = { once, again: once };
    ring.self = ring;
    expect(encode(ring)).toEqual({ once, again: once, self: '[Circular]' });
  });

  it('says that a getter throws, and what', () => {
    const trap = {
      get bad() {
        throw new Error('no reading');
      },
      good: 'kept',
    };
    expect(encode(trap)).toEqual({ bad: '(not readable: Error: no reading)', good: 'kept' });
  });

  it('survives proxies that are revoked or throw', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(encode([proxy])).toEqual([expect.stringContaining('not readable')]);
    const hostile = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw { toString: () => Symbol() };
        },
      },
    );
    expect(encode(hostile)).toBe('(not readable)');
  });

  it('names an error, its causes, and what it joins', () => {
    class LateError extends Error {
      override name = 'LateError';
    }
    const error = new LateError('outer', { cause: new AggregateError([new TypeError('a'), 2n], 'both') });
    expect(encode(error)).toMatchObject({
      '@t': '[[Error]]',
      data: {
        name: 'Error',
        message:
          'LateError: outer\n  caused by AggregateError: both\n  caused by TypeError: a\n  caused by 2n',
      },
    });
    expect(encode(new TypeError('plain'))).toMatchObject({ data: { name: 'TypeError', message: 'plain' } });
  });

  it('cuts what is long, and says how much', () => {
    expect(encode('y'.repeat(20_000))).toBe(`${'y'.repeat(10_000)}…`);
    expect((encode(Array.from({ length: 1e5 }).fill(0)) as unknown[]).at(-1)).toBe('… 99900 more');
    expect(encode(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, at])))).toMatchObject({
      '…': '200 more',
    });
  });

  it('does bounded work for what branches without end', () => {
    let reads = 0;
    const endless = (): unknown =>
      new Proxy(Array.from({ length: 100 }), {
        get(target, key) {
          if (key === 'length') return target.length;
          reads += 1;
          return endless();
        },
      });
    expect(JSON.stringify(encode(endless())).length).toBeLessThan(200_000);
    expect(reads).toBeLessThan(5_000);
  });
});
