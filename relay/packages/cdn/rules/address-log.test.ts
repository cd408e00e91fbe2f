import { describe, expect, it } from 'vitest';
import { PackageError } from '../../base/package-error.ts';
import { type PackageLog, silentLog } from '../../base/package-log.ts';
import { AddressLog } from './address-log.ts';

const read = async () => '';
const answered = async () =>
  ({
    kind: 'content',
    read,
    type: 'text/css',
    lifetime: 'immutable',
    source: 'x@1.0.0',
    file: '/x.css',
  }) as const;
const unknown = async () => undefined;
const failing = async () => {
  throw new PackageError('FILE_NOT_FOUND', { packageName: 'x', version: '1.0.0', path: '/y.css' });
};

function listen(): { log: PackageLog; lines: [object, string][] } {
  const lines: [object, string][] = [];
  return { lines, log: { ...silentLog, warn: (details, message) => lines.push([details, message]) } };
}

describe('AddressLog', () => {
  it('lists what had no answer first, and then what was asked for last', async () => {
    const addresses = new AddressLog(silentLog);
    await addresses.watch('https://a.example/1', answered);
    await addresses.watch('https://a.example/2', unknown);
    await addresses.watch('https://a.example/3', answered);
    await addresses.watch('https://a.example/1', answered);
    expect(addresses.list()).toMatchObject([
      { address: 'https://a.example/2', count: 1, status: 404, failure: { code: 'PAGE_NOT_FOUND' } },
      { address: 'https://a.example/1', count: 2, status: 200, answeredBy: 'x@1.0.0/x.css' },
      { address: 'https://a.example/3', count: 1, status: 200 },
    ]);
  });

  it('hands answers and errors on', async () => {
    const addresses = new AddressLog(silentLog);
    expect(await addresses.watch('https://a.example/1', answered)).toEqual(await answered());
    await expect(addresses.watch('https://a.example/2', failing)).rejects.toThrow('has no file /y.css');
    expect(addresses.list()[0]).toMatchObject({ status: 404, failure: { code: 'FILE_NOT_FOUND' } });
  });

  it('warns once for each address without an answer', async () => {
    const { log, lines } = listen();
    const addresses = new AddressLog(log);
    for (const answer of [unknown, unknown, answered, unknown])
      await addresses.watch('https://a.example/1', answer);
    expect(lines).toEqual([
      [{ address: 'https://a.example/1', status: 404, code: 'PAGE_NOT_FOUND' }, 'an address has no answer'],
    ]);
  });

  it('keeps 2,000 addresses and logs 1,000', async () => {
    const { log, lines } = listen();
    const addresses = new AddressLog(log);
    for (let index = 0; index < 2_500; index += 1)
      await addresses.watch(`https://a.example/${index}`, unknown);
    expect(addresses.list()).toHaveLength(2_000);
    expect(lines).toHaveLength(1_001);
    expect(lines.at(-1)?.[1]).toBe(
      'more addresses without an answer: /addresses of the control listener has them',
    );
  });

  it('keeps queries, without what looks like a secret, and clips long addresses', async () => {
    const { log, lines } = listen();
    const addresses = new AddressLog(log);
    await addresses.watch('https://a.example/x?family=Inter&api_key=hush&v', unknown);
    await addresses.watch(`https://a.example/${'x'.repeat(1_000)}`, unknown);
    const [clipped, query] = addresses.list().map(({ address }) => address);
    expect(query).toBe('https://a.example/x?family=Inter&api_key=***&v');
    expect(clipped).toHaveLength(401);
    expect(JSON.stringify(lines)).not.toContain('hush');
  });
});
