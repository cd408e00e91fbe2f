// Memory and CPU time of a process with its children, as Linux tells them.
import { readFile } from 'node:fs/promises';

export interface ProcessUse {
  bytes: number;
  cpuSeconds: number;
}

const ticksPerSecond = 100;

/** Use so far; undefined where the system does not tell. */
export async function readProcessUse(pid: number): Promise<ProcessUse | undefined> {
  const [status, times] = await Promise.all(
    ['status', 'stat'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined)),
  );
  if (status === undefined || times === undefined) return undefined;
  const bytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  // After the name in brackets, which may hold spaces: utime and stime are the 12th and 13th field (proc(5)).
  const [user, system] = times
    .slice(times.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  const own = { bytes, cpuSeconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond };
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const others = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(readProcessUse));
  return others.reduce<ProcessUse>(
    (sum, use) => ({
      bytes: sum.bytes + (use?.bytes ?? 0),
      cpuSeconds: sum.cpuSeconds + (use?.cpuSeconds ?? 0),
    }),
    own,
  );
}
