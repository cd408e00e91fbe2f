// One rendering of one artifact, from mount to ready, as Sandpack's messages tell it. A pure reducer.
import type { SandpackMessage } from '@codesandbox/sandpack-client';
import type { SandpackSetup } from './librechat.ts';

export type RunStatus =
  | 'idle'
  | 'booting'
  | 'installing'
  | 'transpiling'
  | 'evaluating'
  | 'ready'
  | 'error'
  | 'timed-out';

export interface Phase {
  status: RunStatus;
  /** Milliseconds, on the clock of `performance.now()`. */
  startedAt: number;
}

export interface Run {
  template: SandpackSetup['template'];
  status: RunStatus;
  /** Mount to ready, in milliseconds; null until then. */
  renderMs: number | null;
  phases: Phase[];
  error: string | null;
  /** The origin of the address that the preview last reported. */
  origin: string | null;
  /** Counts arrivals at ready, so that observers can tell a second one from the first. */
  arrivals: number;
}

export type RunEvent = { at: number } & (
  | { kind: 'start'; template: SandpackSetup['template'] }
  | { kind: 'message'; message: SandpackMessage }
  | { kind: 'frame-load' }
  | { kind: 'time-out' }
  | { kind: 'stop' }
);

export const idleRun: Run = {
  template: 'static',
  status: 'idle',
  renderMs: null,
  phases: [],
  error: null,
  origin: null,
  arrivals: 0,
};

const busy: RunStatus[] = ['booting', 'installing', 'transpiling', 'evaluating'];
const statusOfMessage: Record<string, RunStatus> = {
  'installing-dependencies': 'installing',
  transpiling: 'transpiling',
  evaluating: 'evaluating',
};

export const isBusy = (status: RunStatus) => busy.includes(status);

export function reduceRun(run: Run, event: RunEvent): Run {
  switch (event.kind) {
    case 'start':
      return {
        ...idleRun,
        template: event.template,
        status: 'booting',
        phases: [{ status: 'booting', startedAt: event.at }],
        arrivals: run.arrivals,
      };
    case 'message':
      return reduceMessage(run, event.message, event.at);
    case 'frame-load':
      // A React preview loads its frame long before the artifact runs; only static ones end here.
      return run.template === 'static' ? enter(run, 'ready', event.at) : run;
    case 'time-out':
      return enter(run, 'timed-out', event.at);
    case 'stop':
      return { ...run, status: 'idle' };
  }
}

/** The finished phases with their durations in milliseconds; the last status has no end and is left out. */
export function measurePhases(phases: Phase[]): (Phase & { ms: number })[] {
  const end = phases.findIndex((phase) => !isBusy(phase.status));
  const timed = end === -1 ? phases : phases.slice(0, end + 1);
  return timed.slice(0, -1).map((phase, index) => {
    const next = timed[index + 1] as Phase;
    return { ...phase, ms: Math.round(next.startedAt - phase.startedAt) };
  });
}

function reduceMessage(run: Run, message: SandpackMessage, at: number): Run {
  if (run.status === 'idle') return run;
  switch (message.type) {
    case 'start':
      return { ...run, error: null };
    case 'status': {
      const status = statusOfMessage[message.status];
      return status && isBusy(run.status) ? enter(run, status, at) : run;
    }
    case 'urlchange':
      return { ...run, origin: originOf(message.url) ?? run.origin };
    case 'action':
      if (message.action === 'show-error') return fail(run, message.message || message.title, at);
      if (message.action === 'notification') return fail(run, message.title, at);
      return run;
    case 'done':
      if (run.template === 'static') return isBusy(run.status) ? enter(run, 'evaluating', at) : run;
      if (message.compilatonError) return fail(run, run.error ?? 'The artifact does not compile.', at);
      return enter({ ...run, error: null }, 'ready', at);
    default:
      return run;
  }
}

function fail(run: Run, error: string, at: number): Run {
  return { ...enter(run, 'error', at), error };
}

function enter(run: Run, status: RunStatus, at: number): Run {
  const arrived = status === 'ready';
  if (run.status === status) return arrived ? { ...run, arrivals: run.arrivals + 1 } : run;
  const start = run.phases[0]?.startedAt ?? at;
  return {
    ...run,
    status,
    phases: [...run.phases, { status, startedAt: at }],
    renderMs: arrived && run.renderMs === null ? Math.round(at - start) : run.renderMs,
    arrivals: run.arrivals + (arrived ? 1 : 0),
  };
}

function originOf(url: string): string | null {
  return URL.canParse(url) && /^https?:/.test(url) ? new URL(url).origin : null;
}
