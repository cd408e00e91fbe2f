// Calls esbuild with an artifact's code. Its process is one for the whole relay, and stays dead once it has ended: whoever notices
// has it started anew.
import { stop } from 'esbuild';
import { isBuildFailure } from './file-result.ts';

const maxMs = 10_000;

/** Throws what the call throws, and when it takes longer than `timeoutMs`; esbuild's process is then another for the next call. */
export async function callEsbuild<T>(call: () => Promise<T>, timeoutMs = maxMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`esbuild did not answer within ${timeoutMs} ms.`));
    timer = setTimeout(fail, timeoutMs);
  });
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    if (!isBuildFailure(error)) await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
