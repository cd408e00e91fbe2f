// Stock servers are a child process, as the kit is: this starts one and asks it whether every answer was at hand, and is what the child
// says of itself.
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Words that make the benchmark's program become the stock servers of a comparison. */
export const stockRoles = { render: 'stock-servers', static: 'static-stock-servers' } as const;

/** Where a stock path can be reached. */
export interface StockAddresses {
  bundlerUrl: string;
  hostPageUrl: string;
  /** Chromium's `--host-resolver-rules` for the third parties. */
  resolverRules: string;
  /** What Chromium is to take for a valid certificate of theirs. */
  publicKeyHash: string;
}

/** What the stock process tells its parent. */
type StockReport = { ready: StockAddresses } | { misses: string[] };

/** Stock servers that are up. */
export interface StockProcess {
  addresses: StockAddresses;
  /** Addresses that had to be made while somebody waited, since the last call. */
  takeMisses(): Promise<string[]>;
  close(): Promise<void>;
}

const startTimeoutMs = 120_000;

/** @param program the benchmark's own compiled entry */
export async function startStockProcess(
  program: string,
  role: (typeof stockRoles)[keyof typeof stockRoles],
): Promise<StockProcess> {
  const child = fork(program, [role], { stdio: 'inherit' });
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

/** In the child: says that it is up, answers for misses, and ends with its parent. */
export function announceStock(addresses: StockAddresses, takeMisses: () => string[]): void {
  const report = (message: StockReport): void => {
    process.send?.(message);
  };
  process.on('message', () => report({ misses: takeMisses() }));
  process.on('disconnect', () => process.exit(0));
  report({ ready: addresses });
}
