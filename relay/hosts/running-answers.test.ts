import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { RunningAnswers } from './running-answers.ts';

/** More than the system takes off a process's hands at once. */
const body = Buffer.alloc(16_000_000, 'film');
const mayGoOn = vi.fn<() => Promise<boolean>>();

let server: Server;

beforeAll(async () => {
  const running = new RunningAnswers();
  server = createServer((req, res) => {
    res.end(req.url === '/small' ? 'small' : body);
    running.watch(res, mayGoOn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => void mayGoOn.mockReset());

/** Reads a little, waits until it was asked about so often, and reads the rest. */
async function readSlowly(path: string, timesAsked: number): Promise<{ bytes: number; end: string }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, path, agent: false }, resolve).on(
      'error',
      reject,
    );
  });
  await new Promise((resolve) => response.once('readable', resolve));
  let bytes = (response.read() as Buffer).length;
  await vi.waitUntil(() => mayGoOn.mock.calls.length >= timesAsked, { timeout: 5_000 });
  return new Promise((resolve) => {
    response.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    response.once('end', () => resolve({ bytes, end: 'whole' }));
    response.once('error', ({ message }) => resolve({ bytes, end: message }));
  });
}

it('cuts an answer that somebody still reads who may no longer have it', async () => {
  mayGoOn.mockResolvedValue(false);
  const { bytes, end } = await readSlowly('/', 1);
  expect(end).toMatch(/aborted|ECONNRESET/);
  expect(bytes).toBeLessThan(body.length);
});

it('lets others read on, and whoever cannot be asked about', async () => {
  mayGoOn.mockResolvedValueOnce(true).mockRejectedValue(new Error('The database does not answer.'));
  expect(await readSlowly('/', 2)).toEqual({ bytes: body.length, end: 'whole' });
});

it('does not ask about what the system has taken already', async () => {
  expect(await readSlowly('/small', 0)).toEqual({ bytes: 5, end: 'whole' });
  mayGoOn.mockResolvedValue(false);
  await readSlowly('/', 1);
  expect(mayGoOn).toHaveBeenCalledTimes(1);
});
