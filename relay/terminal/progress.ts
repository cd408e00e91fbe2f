// Progress of a command: one line that redraws itself on a terminal, one line a step everywhere else.
import type { Writable } from 'node:stream';

/** Where progress is shown; a terminal has `isTTY` and `columns`. */
export type ProgressOutput = Writable & { isTTY?: boolean; columns?: number };

const barWidth = 24;
const redrawEveryMs = 80;

/** See the head of this file. */
export class Progress {
  #drawn = false;
  #drawnAt = 0;

  constructor(readonly output: ProgressOutput = process.stderr) {}

  /** Shows how far a step is; only a terminal shows it. */
  update(step: string, done: number, total: number, item = ''): void {
    const filled = total > 0 ? Math.min(barWidth, Math.round((done / total) * barWidth)) : barWidth;
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    this.status(`${bar} ${done}/${total} ${step}  ${item}`, done < total);
  }

  /** Shows a line that the next one replaces; only a terminal shows it. @param mayWait it may be left out for being early */
  status(text: string, mayWait = true): void {
    const now = Date.now();
    if (!this.output.isTTY || (mayWait && now - this.#drawnAt < redrawEveryMs)) return;
    this.#drawnAt = now;
    this.output.write(`\r\u001b[2K${text.slice(0, (this.output.columns ?? 80) - 1)}`);
    this.#drawn = true;
  }

  /** Writes a line that stays. */
  line(text: string): void {
    if (this.#drawn) this.output.write('\r\u001b[2K');
    this.#drawn = false;
    this.output.write(`${text}\n`);
  }
}
