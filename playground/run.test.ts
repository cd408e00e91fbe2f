import type { SandpackMessage } from '@codesandbox/sandpack-client';
import { describe, expect, it } from 'vitest';
import { idleRun, type Run, type RunEvent, reduceRun } from './run.ts';

const play = (events: RunEvent[]): Run => events.reduce(reduceRun, idleRun);
const start = (template: 'react-ts' | 'static'): RunEvent => ({ kind: 'start', template, at: 1000 });
const message = (at: number, message: SandpackMessage): RunEvent => ({ kind: 'message', at, message });

describe('run of a React artifact', () => {
  it('passes through the phases and measures from mount to done', () => {
    const run = play([
      start('react-ts'),
      { kind: 'frame-load', at: 1100 },
      message(1200, { type: 'start', firstLoad: true }),
      message(1210, { type: 'status', status: 'installing-dependencies' }),
      message(1500, { type: 'status', status: 'transpiling' }),
      message(1700, { type: 'status', status: 'evaluating' }),
      message(1800, {
        type: 'urlchange',
        url: 'http://abc-preview.localhost:1580/',
        back: false,
        forward: false,
      }),
      message(1801, { type: 'status', status: 'idle' }),
      message(1840.4, { type: 'done', compilatonError: false }),
    ]);
    expect(run.status).toBe('ready');
    expect(run.renderMs).toBe(840);
    expect(run.origin).toBe('http://abc-preview.localhost:1580');
    expect(run.phases.map((phase) => phase.status)).toEqual([
      'booting',
      'installing',
      'transpiling',
      'evaluating',
      'ready',
    ]);
  });

  it('keeps the reason of a failed download, which clears no timer', () => {
    const run = play([
      start('react-ts'),
      message(1200, {
        type: 'action',
        action: 'notification',
        notificationType: 'error',
        title: 'left-pad not found',
      }),
      message(1300, { type: 'done', compilatonError: true }),
    ]);
    expect(run).toMatchObject({ status: 'error', error: 'left-pad not found', renderMs: null });
  });

  it('recovers when a later compilation succeeds', () => {
    const run = play([
      start('react-ts'),
      message(1100, { type: 'done', compilatonError: true }),
      message(1200, { type: 'done', compilatonError: false }),
    ]);
    expect(run).toMatchObject({ status: 'ready', error: null, renderMs: 200 });
  });
});

describe('run of a static artifact', () => {
  it('is ready at the first load of the visible frame, not at done', () => {
    const waiting = play([start('static'), message(1200, { type: 'done', compilatonError: false })]);
    expect(waiting).toMatchObject({ status: 'evaluating', renderMs: null });
    const run = reduceRun(reduceRun(waiting, { kind: 'frame-load', at: 1350 }), {
      kind: 'frame-load',
      at: 1480,
    });
    expect(run).toMatchObject({ status: 'ready', renderMs: 350, arrivals: 2 });
  });

  it('tells a time-out apart from an error', () => {
    expect(play([start('static'), { kind: 'time-out', at: 41_000 }]).status).toBe('timed-out');
  });
});
