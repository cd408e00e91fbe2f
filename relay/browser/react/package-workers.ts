// Workers of packages: their scripts lie at the base host, but a worker's script must be of the page's own origin.
// A blob: script that loads the real one is. https://developer.mozilla.org/docs/Web/API/Worker/Worker#scripturl

/**
 * Lets `new Worker(address)` in this page take scripts from below `base`.
 * @param base address of the kit's files, e.g. `https://preview.example.com/-/`
 */
export function allowWorkersFrom(base: string): void {
  const native = window.Worker;
  window.Worker = class extends native {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(workerAddress(address, options, base), options);
    }
  };
}

function workerAddress(
  address: string | URL,
  options: WorkerOptions | undefined,
  base: string,
): string | URL {
  const url = URL.canParse(address, location.href) ? new URL(address, location.href).href : '';
  if (!url.startsWith(base)) return address;
  const script = JSON.stringify(url);
  const source = options?.type === 'module' ? `import ${script};` : `importScripts(${script});`;
  return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
}
