// Loads packs: scripts of package modules at addresses that never change, so that browsers keep them, compiled.
import type { Pack, PackModules } from '../../../shared/native.ts';

/** Longer than any wait of the relay, shorter than Sandpack's own 40 s. */
const timeoutMs = 33_000;

/** What a pack's script calls. */
const packGlobal = 'previewKitPack';

export class Packs {
  readonly #base: string;
  readonly #loads = new Map<string, Promise<void>>();

  /** @param define takes the modules of each pack */
  constructor(base: string, define: (modules: PackModules) => void) {
    this.#base = base;
    Object.assign(window, { [packGlobal]: define });
  }

  /** Paths of those that were asked for. */
  get paths(): string[] {
    return [...this.#loads.keys()];
  }

  /** @throws Error for people when one does not come */
  async load(packs: readonly Pack[]): Promise<void> {
    await Promise.all(packs.map((pack) => this.#load(pack)));
  }

  #load({ path }: Pack): Promise<void> {
    const known = this.#loads.get(path);
    if (known) return known;
    const load = new Promise<void>((resolve, reject) => {
      const script = document.createElement('script');
      const fail = () => {
        this.#loads.delete(path);
        reject(new Error(`The package server did not answer with ${path}.`));
      };
      const timer = setTimeout(fail, timeoutMs);
      script.onload = () => {
        clearTimeout(timer);
        resolve();
      };
      script.onerror = () => {
        clearTimeout(timer);
        fail();
      };
      // In the order in which they are added: those at the front are needed first.
      Object.assign(script, { async: false, crossOrigin: 'anonymous', src: new URL(path, this.#base).href });
      document.head.append(script);
    });
    this.#loads.set(path, load);
    return load;
  }
}
