// Workers of the artifact's own files: `new Worker(new URL('./sum.ts', import.meta.url))`. A file runs there as it would in the page.
import type { NativeFile } from '../../../shared/native.ts';

/** What a worker is started with; see native-worker.ts. */
export interface WorkerStart {
  base: string;
  /** Paths on the base host. */
  packs: string[];
  files: Record<string, NativeFile>;
  entry: string;
}

/**
 * Lets workers be started by the address of one of the artifact's files.
 * @param script address of native-worker.js
 * @param startOf what a file is started with; undefined for addresses that are no file's
 */
export function allowWorkersOfFiles(
  script: string,
  startOf: (path: string) => WorkerStart | undefined,
): void {
  const startOfFile = ({ origin, pathname }: URL) =>
    origin === location.origin ? startOf(decodeURI(pathname)) : undefined;
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(address: string | URL, options?: WorkerOptions) {
      const start = URL.canParse(address, location.href)
        ? startOfFile(new URL(address, location.href))
        : undefined;
      if (!start) {
        super(address, options);
        return;
      }
      const source = `importScripts(${JSON.stringify(script)});previewKitWorker(${JSON.stringify(start)});`;
      const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      // The script is a classic one, whatever the file is.
      super(blob, { ...options, type: 'classic' });
    }
  };
}
