// Names of Node's that packages use freely and browsers do not have, and the kit's own for the addresses of their assets.

/** @param base address of the base host, with a slash at the end */
export function defineNodeGlobals(base: string): void {
  Object.assign(globalThis, {
    __previewKit: { cdn: `${base}-/cdn/` },
    global: globalThis,
    process: {
      env: { NODE_ENV: 'development' },
      browser: true,
      version: '',
      versions: {},
      cwd: () => '/',
      nextTick: (run: (...values: unknown[]) => void, ...values: unknown[]) =>
        queueMicrotask(() => run(...values)),
    },
  });
}

/** Where packs have the replacement of Node's `buffer`. */
const bufferPath = /^\/node_modules\/buffer\/(?:[\d.]+\/)?index\.js$/;

/**
 * Packages that use `Buffer` freely come with others that require it: where its module is there, the name is too.
 * @param paths modules that have just been defined
 */
export function defineBuffer(paths: readonly string[], requireModule: (path: string) => unknown): void {
  const path = 'Buffer' in globalThis ? undefined : paths.find((known) => bufferPath.test(known));
  if (path === undefined) return;
  const define = (value: unknown) =>
    Object.defineProperty(globalThis, 'Buffer', { value, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'Buffer', {
    configurable: true,
    get() {
      const { Buffer } = requireModule(path) as { Buffer: unknown };
      define(Buffer);
      return Buffer;
    },
    set: define,
  });
}
