// Starts the stock path's servers (stock-servers.ts) as a child, and asks them whether every answer was at hand.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { StockAddresses, StockReport } from './stock-servers.ts';

/** The word that makes the benchmark's program become the stock servers. */
export const stockServersRole = 'stock-servers';

/** Stock servers that are up. */
export interface StockProcess {
  addresses: StockAddresses;
  /** Addresses that had to be made while somebody waited, since the last call. */
  takeMisses(): Promise<string[]>;
  close(): Promise<void>;
}

const startTimeoutMs = 120_000;

/** @param program the benchmark's own compiled entry */
export async function startStockProcess(program: string): Promise<StockProcess> {
  const child = fork(program, [stockServersRole], { stdio: 'inherit' });
  const report = async (): Promise<StockReport> => {
    const [message] = (await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(startTimeoutMs) }),
      once(child, 'exit').then(([code]) => {
        throw new Error(`The stock servers ended with ${code}.`);
      }),
    ])) as [StockReport];
    return message;
  };
  const first = await report();
  if (!('ready' in first)) throw new Error('The stock servers did not say where they are.');
  return {
    addresses: first.ready,
    async takeMisses() {
      child.send('misses');
      const answer = await report();
      return 'misses' in answer ? answer.misses : [];
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
