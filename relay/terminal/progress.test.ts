import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { Progress, type ProgressOutput } from './progress.ts';

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
