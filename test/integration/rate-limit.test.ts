// RATE_LIMIT and TRUST_PROXY: one client's greed is that client's trouble.
import { afterEach, expect, it } from 'vitest';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;
afterEach(() => relay?.close());

/** What is ready is not counted: each time another address of the same file. */
let asked = 0;
const freshAddress = () => `/-/cdn/unpkg.com/pad@1.0.0/index.js?${++asked}`;
const packages = { pad: { versions: { '1.0.0': { files: { '/index.js': 'x' } } } } };

async function statuses(count: number, client?: string): Promise<number[]> {
  const answers: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const headers = client === undefined ? {} : { 'X-Forwarded-For': client };
    answers.push((await relay.ask(freshAddress(), { headers })).status);
  }
  return answers;
}

it('refuses what one address asks beyond the limit, says when to come back, and lets preview pages and ready files through', async () => {
  relay = await startTestRelay({ packages, config: { rateLimit: 3 } });
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  const refused = await relay.ask(freshAddress(), { headers: { Accept: 'application/json' } });
  expect(Number(refused.headers['retry-after'])).toSatisfy(
    (seconds: number) => seconds >= 1 && seconds <= 60,
  );
  expect(refused.headers['access-control-allow-origin']).toBe('*');
  expect(JSON.parse(refused.text).error).toMatchObject({
    code: 'RATE_LIMITED',
    message: 'This client asked for more packages than it may (3 a minute).',
  });
  expect((await relay.ask(`/-/cdn/unpkg.com/pad@1.0.0/index.js?${asked - 2}`)).status).toBe(200);
  for (const host of [relay.base, `r0123456789abcdefghij-${relay.base}`])
    expect((await relay.ask('/', { host })).status).toBe(200);
  expect((await relay.ask('/readyz')).status).toBe(200);
});

it('counts the clients of a trusted proxy apart, the nearest address that no proxy wrote', async () => {
  relay = await startTestRelay({ packages, config: { rateLimit: 2, trustProxy: ['loopback'] } });
  expect(await statuses(3, '192.0.2.1')).toEqual([200, 200, 429]);
  expect(await statuses(3, '192.0.2.2')).toEqual([200, 200, 429]);
  // A client that writes the header itself is still counted by what the proxy added.
  expect(await statuses(1, '198.51.100.9, 192.0.2.2')).toEqual([429]);
  // Of IPv6 a client has many addresses.
  expect(await statuses(2, '2001:db8:0:1::1')).toEqual([200, 200]);
  expect(await statuses(1, '2001:db8:0:1::2')).toEqual([429]);
});

it('believes no header of a client that is not a trusted proxy', async () => {
  relay = await startTestRelay({ packages, config: { rateLimit: 2, trustProxy: [] } });
  expect([
    ...(await statuses(1, '192.0.2.1')),
    ...(await statuses(1, '192.0.2.2')),
    ...(await statuses(1, '192.0.2.3')),
  ]).toEqual([200, 200, 429]);
});

it('has no limit with RATE_LIMIT=0, and a garbled header does no harm', async () => {
  relay = await startTestRelay({ packages, config: { rateLimit: 0 } });
  expect(await statuses(20, ', ,unknown,[::1]:80,')).toEqual(Array(20).fill(200));
});
