import type nodeAssert from 'node:assert';
import type nodeCrypto from 'node:crypto';
import type nodeHttp from 'node:http';
import { createRequire } from 'node:module';
import nodePath from 'node:path';
import type nodeStream from 'node:stream';
import type nodeTimers from 'node:timers';
import type nodeUrl from 'node:url';
import type nodeUtil from 'node:util';
import { describe, expect, it } from 'vitest';
import { amendmentFor } from './amendments.ts';

/** A replacement's exports with what is added to them: of Node's module, the parts that a test calls. */
function added<Module>(packageName: string, version: string, subpath: string, exports: object): Module {
  const code = amendmentFor(packageName, version, subpath);
  new Function('module', code)({ exports });
  return exports as Module;
}
const require = createRequire(import.meta.url);
const copyOf = (name: string, without: string[]) => {
  const copy = { ...(require(name) as object) } as Record<string, unknown>;
  for (const key of without) delete copy[key];
  return copy;
};

describe('what is added to the replacements of Node’s modules', () => {
  it('path: parse and format, as Node has them', () => {
    const path = added<typeof nodePath.posix>('path-browserify', '0.0.1', './index.js', {
      basename: nodePath.posix.basename,
      extname: nodePath.posix.extname,
    });
    for (const text of ['/a/b.tar.gz', 'b', '/b.x', 'a/.rc', '', '/']) {
      expect(path.parse(text)).toEqual(nodePath.posix.parse(text));
      expect(path.format(path.parse(text))).toBe(nodePath.posix.format(nodePath.posix.parse(text)));
    }
  });

  it('util: types and deep comparison', () => {
    const util = added<typeof nodeUtil>('util', '0.11.1', './util.js', {});
    expect(util.types.isDate(new Date())).toBe(true);
    expect(util.types.isTypedArray(new DataView(new ArrayBuffer(1)))).toBe(false);
    const ring = () => {
      const made: { self?: unknown; set: Set<number> } = { set: new Set([1]) };
      made.self = made;
      return made;
    };
    expect(util.isDeepStrictEqual(ring(), ring())).toBe(true);
    expect(util.isDeepStrictEqual({ a: [1, new Date(1)] }, { a: [1, new Date(2)] })).toBe(false);
    expect(util.isDeepStrictEqual({ a: undefined }, { b: undefined })).toBe(false);
  });

  it('crypto: random values, and comparison in constant time', () => {
    const crypto = added<typeof nodeCrypto>('crypto-browserify', '3.12.1', './index.js', {});
    expect(crypto.randomUUID()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(crypto.randomInt(3, 4)).toBe(3);
    expect(crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('b'))).toBe(false);
    expect(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab'))).toThrow(RangeError);
  });

  it('assert: of promises and of texts', async () => {
    const assert: typeof nodeAssert = added<typeof nodeAssert>(
      'assert',
      '1.5.1',
      './assert.js',
      copyOf('node:assert', ['rejects', 'doesNotReject', 'match']),
    );
    await assert.rejects(Promise.reject(new TypeError('no')), TypeError);
    await expect(assert.rejects(Promise.resolve())).rejects.toThrow(/Missing expected exception/);
    expect(() => assert.match('abc', /d/)).toThrow(/did not match/);
  });

  it('stream: what ends with an error says so once, and stops the others', async () => {
    const stream = added<typeof nodeStream>(
      'stream-browserify',
      '2.0.2',
      './index.js',
      copyOf('node:stream', ['pipeline', 'promises']),
    );
    const broken = new stream.Transform({
      transform: (_chunk: unknown, _encoding: string, done: (error: Error) => void) =>
        done(new Error('broken')),
    });
    const source = stream.Readable.from(['a', 'b']);
    await expect(stream.promises.pipeline(source, broken, new stream.PassThrough())).rejects.toThrow(
      'broken',
    );
    expect(source.destroyed).toBe(true);
  });

  it('url, timers, process and http', async () => {
    expect(added<typeof nodeUrl>('url', '0.11.4', './url.js', {}).fileURLToPath('file:///a%20b/c.txt')).toBe(
      '/a b/c.txt',
    );
    expect(
      await added<typeof nodeTimers>('timers-browserify', '2.0.12', './main.js', {}).promises.setTimeout(
        1,
        'late',
      ),
    ).toBe('late');
    const process = added<NodeJS.Process>('process', '0.11.10', './browser.js', {});
    expect(process.hrtime(process.hrtime())[0]).toBe(0);
    expect(() => added<typeof nodeHttp>('stream-http', '2.8.3', './index.js', {}).createServer()).toThrow(
      'cannot listen',
    );
  });

  it('changes nothing that is there, and no later version', () => {
    const own = () => 'own';
    expect(
      added<typeof nodeUtil>('util', '0.11.1', './util.js', { isDeepStrictEqual: own }).isDeepStrictEqual,
    ).toBe(own);
    expect(amendmentFor('path-browserify', '1.0.1', './index.js')).toBe('');
  });
});
