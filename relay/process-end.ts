// How the process ends: when it is asked to, with running answers finished; after a bug, soon, because nothing is known of its
// state any more; and never by hanging. main.ts sets this up before anything can fail.
import type { Logger } from 'pino';

/** What is closed before the process ends. */
export interface Closable {
  /** Resolves when nothing runs any more; answers that still run after `graceMs` are cut. */
  close(graceMs: number): Promise<void>;
}

/** The part of Node's `process` that is used here. */
export interface HostProcess {
  on(event: 'SIGTERM' | 'SIGINT', listener: (signal: NodeJS.Signals) => void): unknown;
  on(
    event: 'uncaughtException',
    listener: (err: unknown, origin: NodeJS.UncaughtExceptionOrigin) => void,
  ): unknown;
  exit(code: number): void;
}

/** How long running answers may take, after a signal and after a bug. */
const signalGraceMs = 10_000;
const faultGraceMs = 2_000;
/** What closing may take beyond that. Together with the grace it is less than Docker and Kubernetes wait before they kill. */
const settleMs = 2_000;
/** `npm start` hands on the Ctrl-C that the terminal has sent already: so soon it is not a second wish. */
const sameWishMs = 500;

/**
 * Ends `host` on SIGTERM and SIGINT with 0, at once on a second one, and after an uncaught exception or an unhandled rejection
 * with 1. A close that fails, or takes longer than the grace, makes it 1 too.
 * @returns a function that is told what has to be closed, as soon as it runs
 */
export function endProcessWell(host: HostProcess, log: Logger): (running: Closable) => void {
  let running: Closable | undefined;
  let code: number | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  const end = async (graceMs: number): Promise<void> => {
    setTimeout(() => {
      log.error({ graceMs }, 'closing takes too long; what still runs is cut off');
      host.exit(1);
    }, graceMs + settleMs);
    try {
      await running?.close(graceMs);
      host.exit(code ?? 0);
    } catch (err) {
      log.error({ err }, 'closing failed');
      host.exit(1);
    }
  };

  const onSignal = (signal: NodeJS.Signals): void => {
    const sinceAskedMs = performance.now() - askedAt;
    if (sinceAskedMs < sameWishMs) return;
    askedAt = performance.now();
    if (code === undefined) {
      code = 0;
      log.info({ signal }, 'shutting down');
      void end(signalGraceMs);
    } else {
      log.warn({ signal }, 'ended at once; what still ran was cut off');
      host.exit(1);
    }
  };
  host.on('SIGTERM', onSignal);
  host.on('SIGINT', onSignal);
  // Without a listener of their own, Node reports unhandled rejections here too.
  host.on('uncaughtException', (err, origin) => {
    log.fatal({ err, origin }, 'a bug outside of any request; the relay ends');
    const isEnding = code !== undefined;
    code = 1;
    if (!isEnding) void end(faultGraceMs);
  });

  return (closable) => {
    running = closable;
  };
}
