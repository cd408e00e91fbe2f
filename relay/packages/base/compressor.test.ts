import { afterEach, expect, it } from 'vitest';
import { decompress } from './compression.ts';
import { Compressor } from './compressor.ts';

const content = Buffer.from('a text that is worth compressing; '.repeat(2_000));
const effort = { brotli: 11, gzip: 9 };
let compressor: Compressor;
afterEach(() => compressor.close());

it('compresses several things at once, each into its own answer', async () => {
  compressor = new Compressor();
  const [br, gz, other] = await Promise.all([
    compressor.compress(content, 'br', effort),
    compressor.compress(content, 'gzip', effort),
    compressor.compress(Buffer.from('other'), 'br', effort),
  ]);
  expect((await decompress(br, 'br')).equals(content)).toBe(true);
  expect((await decompress(gz, 'gzip')).equals(content)).toBe(true);
  expect(String(await decompress(other, 'br'))).toBe('other');
});

it('finishes what was begun when it is closed, and begins anew when it is asked again', async () => {
  compressor = new Compressor();
  const running = compressor.compress(content, 'br', effort);
  compressor.close();
  expect((await decompress(await running, 'br')).equals(content)).toBe(true);
  expect((await decompress(await compressor.compress(content, 'br', effort), 'br')).equals(content)).toBe(
    true,
  );
});
