// A program on a terminal of its own (script(1), which is part of every Debian), with somebody who types.
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

export interface Terminal {
  /** All that was shown, without colours. */
  shown(): string;
  /** Waits until a text appears below what was seen last. @throws Error with the screen when it does not */
  see(text: string | RegExp): Promise<void>;
  type(keys: string): void;
  /** Waits for the end. @returns the exit code */
  ended: Promise<number | null>;
}

export const enter = '\r';
export const down = '\u001b[B';
export const ctrlC = '\u0003';

/** @param command for a shell */
export function openTerminal(command: string, cwd: string, timeoutMs = 20_000): Terminal {
  const child = spawn('script', ['-qec', `stty cols 140 rows 60; ${command}`, '/dev/null'], {
    cwd,
    env: { ...process.env, TERM: 'xterm', CI: '', REGISTRY_TOKEN: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  let seen = 0;
  let wake = () => {};
  child.stdout.on('data', (chunk) => {
    text += stripVTControlCharacters(String(chunk));
    wake();
  });
  const ended = new Promise<number | null>((done) =>
    child.once('close', (code) => {
      done(code);
      wake();
    }),
  );
  return {
    shown: () => text,
    async see(wanted) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const rest = text.slice(seen);
        const at = typeof wanted === 'string' ? rest.indexOf(wanted) : rest.search(wanted);
        if (at >= 0) {
          seen += at + 1;
          return;
        }
        if (Date.now() > deadline || child.exitCode !== null) {
          child.kill('SIGTERM');
          throw new Error(`“${wanted}” did not appear. Shown below what was seen last:\n${rest}`);
        }
        await new Promise<void>((done) => {
          wake = done;
          setTimeout(done, 200);
        });
      }
    },
    type: (keys) => child.stdin.write(keys),
    ended,
  };
}
