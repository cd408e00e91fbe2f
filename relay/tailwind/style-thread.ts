// The thread that Tailwind runs in, as TailwindStyles sees it: one job at a time, and none for longer than it may take.
import { Worker } from 'node:worker_threads';
import { Semaphore } from '../packages/base/semaphore.ts';
import threadCode from './style-thread.cjs?raw';

/** A text of an artifact, with what it is known by. */
export interface HashedText {
  hash: string;
  text: string;
}

/** What the thread says of a job; before the first one it says that it is ready. */
type Outcome = { css: string } | { reason: string };

/** Threads may not take more of the relay's memory. */
const maxHeapMegabytes = 384;

/** Starts with its first job, and ends when it has had none for a while. */
export class StyleThread {
  readonly #maxWorkMs: number;
  readonly #idleMs: number;
  readonly #turns = new Semaphore(1);
  #worker: Promise<Worker> | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** @param options `maxWorkMs`: after it the thread is ended, with what it was doing; `idleMs`: without a job */
  constructor(options: { maxWorkMs: number; idleMs: number }) {
    this.#maxWorkMs = options.maxWorkMs;
    this.#idleMs = options.idleMs;
  }

  /** Makes sure that it runs, which takes a third of a second. */
  start(): void {
    this.#running().then(
      () => this.#awaitNext(),
      () => {},
    );
  }

  /** @returns the styles, not prefixed. @throws Error with the reason why there are none */
  run(texts: HashedText[]): Promise<string> {
    const latest = performance.now() + this.#maxWorkMs;
    return this.#turns.run(async () => {
      // Nobody waits for it any more.
      if (performance.now() > latest) throw new Error('other artifacts took too long');
      const worker = await this.#running();
      clearTimeout(this.#idle);
      try {
        return await this.#ask(worker, texts);
      } catch (error) {
        await this.close();
        throw error;
      } finally {
        this.#awaitNext();
      }
    });
  }

  /** Ends the thread. It starts again when it is needed. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.then(
      (running) => running.terminate(),
      () => {},
    );
  }

  #running(): Promise<Worker> {
    this.#worker ??= startWorker().catch((error: unknown) => {
      this.#worker = undefined;
      throw error;
    });
    return this.#worker;
  }

  #awaitNext(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), this.#idleMs).unref();
  }

  async #ask(worker: Worker, texts: HashedText[]): Promise<string> {
    const answer = nextMessage<Outcome>(worker, AbortSignal.timeout(this.#maxWorkMs));
    worker.postMessage({ texts });
    const outcome = await answer;
    if ('css' in outcome) return outcome.css;
    throw new Error(outcome.reason);
  }
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(threadCode, {
    eval: true,
    workerData: { from: import.meta.url },
    // Flags of the relay are not for a thread that only makes styles, and Tailwind's advice is for developers.
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.unref();
  await nextMessage<'ready'>(worker);
  return worker;
}

/** The next message, or why there will be none. */
function nextMessage<T>(worker: Worker, timeout?: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const settle = (then: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      timeout?.removeEventListener('abort', onTimeout);
      then();
    };
    const onMessage = (message: T) => settle(() => done(message));
    const onError = (error: Error) => settle(() => fail(error));
    const onExit = () => onError(new Error('the thread ended'));
    const onTimeout = () => onError(new Error('it took too long'));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    timeout?.addEventListener('abort', onTimeout);
  });
}
