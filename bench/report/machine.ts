// What numbers were measured on.
import { cpus, totalmem } from 'node:os';

/** One line each, for people. */
export interface Machine {
  hardware: string;
  node: string;
  date: string;
  /** Processes that wanted a core while the benchmark began, on average of a minute. */
  loadAverage: number;
}

/** @param loadAverage from before the benchmark started anything */
export function describeMachine(loadAverage: number): Machine {
  const [first] = cpus();
  return {
    hardware: `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`,
    node: process.version,
    loadAverage,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** Whether other work had cores enough; if not, the numbers say little. */
export function isQuiet({ loadAverage }: Machine): boolean {
  return loadAverage < cpus().length;
}

/** For numbers from a machine that had other things to do. */
export function busyWarning({ loadAverage }: Machine): string {
  return `**The machine was busy with other work (load average ${loadAverage.toFixed(1)}): run this again on a quiet one before relying on it.**`;
}
