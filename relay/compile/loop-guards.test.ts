import { expect, it } from 'vitest';
import { runArtifact } from './artifact-runner.ts';

const forms: [string, string][] = [
  ['while', 'while (true) {}'],
  ['while without a block', 'let n = 0; while (true) n++;'],
  ['do', 'do {} while (true);'],
  ['for without a test', 'for (;;);'],
  ['for with a test that always holds', 'for (let i = 0; i >= 0; i = (i + 1) % 10) { const x = i; }'],
  ['a loop in a loop', 'outer: while (true) for (;;) continue outer;'],
];

it.each(forms)('asks in %s', async (_name, loop) => {
  const check = () => {
    throw new RangeError('enough');
  };
  await expect(runArtifact({ '/index.ts': loop }, { loop: { rounds: 0, check } })).rejects.toThrow('enough');
});

it('leaves what loops compute as it is', async () => {
  let asked = 0;
  const loop = { rounds: 0, check: () => void asked++ };
  const { sum, late } = await runArtifact(
    {
      '/index.ts': `let sum = 0; for (let i = 0; i < 5000; i++) sum += i;
export const late = (async () => { let n = 0; while (n < 2000) n += await 1; return n; })();
let $loop = 1; do sum += $loop; while (sum % 2 === 1);
export { sum };`,
    },
    { loop },
  );
  expect(sum).toBe(12_497_502);
  expect(await late).toBe(2000);
  expect(asked).toBeGreaterThanOrEqual(6);
});
