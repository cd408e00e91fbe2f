// One life of esbuild's process, which is one for the whole relay. When it ends, so does everything that was under way in it.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { build, type Plugin, stop, transform } from 'esbuild';

/** What the relay uses of esbuild. */
export interface Esbuild {
  build: typeof build;
  transform: typeof transform;
}

/** Why a session is over. */
export class SessionEnd extends Error {
  /** @param isLate whose time was over, where that is the reason */
  constructor(
    readonly reason: 'crash' | 'late',
    readonly late?: Attempt,
  ) {
    super(`esbuild's process has ended: ${reason}`);
  }
}

/** A piece of work in a session. Plugins call esbuild in the middle of it, which belongs to it. */
export interface Attempt {
  readonly esbuild: Esbuild;
  isOver: boolean;
  fail: (end: SessionEnd) => void;
}

const inside = new AsyncLocalStorage<Attempt>();
/** What esbuild's library rejects with when its process is gone (0.28). */
const endedMessage = /^The service (?:was stopped|is no longer running)/;

/** The attempt that this code is part of. */
export function currentAttempt(): Attempt | undefined {
  return inside.getStore();
}

export class EsbuildSession {
  readonly #attempts = new Set<Attempt>();
  readonly #onEnd: (end: SessionEnd, attempts: Attempt[]) => void;
  #isOver = false;

  /** @param onEnd told before any of the attempts that were under way is */
  constructor(onEnd: (end: SessionEnd, attempts: Attempt[]) => void) {
    this.#onEnd = onEnd;
  }

  /** For {@link run}. */
  attempt(): Attempt {
    const esbuild: Esbuild = {
      build: (options) =>
        this.#watch(attempt, () =>
          build(options.plugins ? { ...options, plugins: options.plugins.map(bound) } : options),
        ),
      transform: (input, options) => this.#watch(attempt, () => transform(input, options)),
    };
    const attempt: Attempt = { esbuild, isOver: false, fail: () => {} };
    return attempt;
  }

  /** @throws SessionEnd when the process ends before the work does, or `timeoutMs` are over; what the work throws */
  async run<T>(attempt: Attempt, work: (esbuild: Esbuild) => Promise<T>, timeoutMs: number): Promise<T> {
    const ended = new Promise<never>((_, reject) => {
      attempt.fail = reject;
    });
    this.#attempts.add(attempt);
    const timer = setTimeout(() => this.#end(new SessionEnd('late', attempt)), timeoutMs);
    try {
      return await Promise.race([inside.run(attempt, () => work(attempt.esbuild)), ended]);
    } finally {
      clearTimeout(timer);
      attempt.isOver = true;
      this.#attempts.delete(attempt);
    }
  }

  async #watch<T>(attempt: Attempt, call: () => Promise<T>): Promise<T> {
    // The next process is not for plugins of what has ended with this one.
    if (attempt.isOver || this.#isOver) throw new SessionEnd('crash');
    try {
      return await call();
    } catch (error) {
      if (!endedMessage.test((error as Error).message)) throw error;
      const end = new SessionEnd('crash');
      this.#end(end);
      throw end;
    }
  }

  /** When it is stopped, esbuild's library leaves calls unanswered for ever, and starts a process at the next one. */
  #end(end: SessionEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    void stop();
    const attempts = [...this.#attempts];
    this.#onEnd(end, attempts);
    for (const attempt of attempts) attempt.fail(end);
  }
}

/** esbuild calls its plugins from where it reads its pipe: what they do is part of the build all the same. */
function bound(plugin: Plugin): Plugin {
  return {
    name: plugin.name,
    setup: (api) =>
      plugin.setup({
        ...api,
        onResolve: (options, callback) => api.onResolve(options, AsyncResource.bind(callback)),
        onLoad: (options, callback) => api.onLoad(options, AsyncResource.bind(callback)),
      }),
  };
}
