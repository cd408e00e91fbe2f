import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import { callEsbuild } from './esbuild-call.ts';

const works = () => callEsbuild(() => transform('enum A { B }', { loader: 'ts' }));

it('works again after code that esbuild does not come to an end with', async () => {
  const endless = `a${',a'.repeat(200_000)}`;
  await expect(callEsbuild(() => transform(endless), 50)).rejects.toThrow('within 50 ms');
  expect((await works()).code).toContain('A');
}, 30_000);
