// Compresses in a process of its own, of a lower priority: previews that are being looked at get the processor first, and the
// memory that the best compression takes is given back when the process ends, which it does soon after its last job.
import { type ChildProcess, spawn } from 'node:child_process';
import { constants as os, setPriority } from 'node:os';
import { compress, type Effort, type Encoding } from './compression.ts';

type Compressed = Exclude<Encoding, 'identity'>;

interface Job {
  content: Buffer;
  encoding: Compressed;
  effort: Effort;
}

/** Runs as `node --eval`, so that it needs no file of its own wherever the relay was compiled to. */
const childCode = `
const zlib = require('node:zlib');
process.on('message', ({ id, content, encoding, effort }) => {
  const done = (error, body) => process.send({ id, body, error: error && String(error) });
  if (encoding === 'gzip') return zlib.gzip(content, { level: effort.gzip }, done);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = { [BROTLI_PARAM_QUALITY]: effort.brotli, [BROTLI_PARAM_SIZE_HINT]: content.length };
  zlib.brotliCompress(content, { params }, done);
});
process.on('disconnect', () => process.exit());
`;
/** Starting anew takes 50 ms. */
const idleMs = 5_000;

/** See the head of this file. */
export class Compressor {
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #count = 0;
  readonly #jobs = new Map<number, { job: Job; done: (body: Buffer | Promise<Buffer>) => void }>();

  /** @returns `content` in that encoding; compressed in this process when there can be no other */
  compress(content: Buffer, encoding: Compressed, effort: Effort): Promise<Buffer> {
    const job: Job = { content, encoding, effort };
    clearTimeout(this.#idle);
    return new Promise((done) => {
      const id = ++this.#count;
      this.#jobs.set(id, { job, done });
      this.#child ??= this.#start();
      // What is being compressed keeps the relay running; a process that waits for work does not.
      this.#child.channel?.ref();
      this.#child.send({ id, ...job }, (error) => error && this.#giveUp());
    });
  }

  /** Ends the process; jobs that run are done here. */
  close(): void {
    this.#giveUp();
  }

  #start(): ChildProcess {
    const child = spawn(process.execPath, ['--eval', childCode], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      // Flags and hooks of this process are not for a process that only compresses.
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    child.on('message', (message) => this.#finish(message as { id: number; body?: Uint8Array }));
    child.on('error', () => this.#giveUp(child));
    child.on('exit', () => this.#giveUp(child));
    child.unref();
    if (child.pid !== undefined) lowerPriority(child.pid);
    return child;
  }

  #finish({ id, body }: { id: number; body?: Uint8Array }): void {
    const found = this.#jobs.get(id);
    this.#jobs.delete(id);
    found?.done(body ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : doHere(found.job));
    if (this.#jobs.size > 0) return;
    this.#child?.channel?.unref();
    this.#idle = setTimeout(() => this.#giveUp(), idleMs).unref();
  }

  /** @param child the process that is meant, where it may be another by now */
  #giveUp(child = this.#child): void {
    if (child === undefined || child !== this.#child) return;
    this.#child = undefined;
    clearTimeout(this.#idle);
    if (child.connected) child.disconnect();
    for (const { job, done } of this.#jobs.values()) done(doHere(job));
    this.#jobs.clear();
  }
}

function doHere({ content, encoding, effort }: Job): Promise<Buffer> {
  return compress(content, encoding, effort);
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, os.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems do not allow it; then it is one process among others.
  }
}
