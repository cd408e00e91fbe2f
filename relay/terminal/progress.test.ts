import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { formatBytes, formatSeconds, Progress, type ProgressOutput } from './progress.ts';

function show(isTTY: boolean): { progress: Progress; text: () => string } {
  const output: ProgressOutput = new PassThrough({ encoding: 'utf8' });
  output.isTTY = isTTY;
  output.columns = 60;
  return { progress: new Progress(output), text: () => String((output as PassThrough).read() ?? '') };
}

it('A terminal gets one bar that redraws itself and gives way to lines', () => {
  const { progress, text } = show(true);
  progress.update('packages', 12, 12, 'a-package-with-a-name-that-is-longer-than-the-terminal-is-wide');
  progress.line('done');
  expect(text()).toBe(
    '\r\u001b[2K████████████████████████ 12/12 packages  a-package-with-a-n\r\u001b[2Kdone\n',
  );
});

it('Everything else gets lines only', () => {
  const { progress, text } = show(false);
  progress.update('packages', 1, 2);
  progress.line('done');
  expect(text()).toBe('done\n');
});

it('Sizes and times are short', () => {
  expect([0, 999, 1000, 123_456_789, 5e9].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '123.5 MB',
    '5.0 GB',
  ]);
  expect([40, 9_940, 83_000].map(formatSeconds)).toEqual(['0.0 s', '9.9 s', '83 s']);
});
