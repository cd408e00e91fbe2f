// How each status is called on screen.
import type { RunStatus } from './run.ts';

export const statusText: Record<RunStatus, string> = {
  idle: 'Idle',
  booting: 'Booting',
  installing: 'Installing dependencies',
  transpiling: 'Transpiling',
  evaluating: 'Evaluating',
  ready: 'Ready',
  error: 'Error',
  'timed-out': 'Timed out',
};
