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
