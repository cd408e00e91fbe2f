// Loaded before a relay (`--import`): at SIGUSR2 all garbage is collected, and what memory is used then is said on standard error.
import { Session } from 'node:inspector/promises';

process.on('SIGUSR2', async () => {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(`USED ${heapUsed + external}\n`);
});
