// The script of the floor's page (floor.ts): runs the packs and files of a native preview with as little around them as there can be,
// and tells its server how long each part took. Times are of the page's own clock, in milliseconds.
(() => {
  const begun = performance.now();
  const definitions = {};
  const modules = {};
  /** Time that modules ran by themselves, by package. */
  const ownMs = {};
  let running = 'page';
  let since = begun;

  /** From now on, time is `name`'s. @returns whose it was */
  function charge(name) {
    const now = performance.now();
    ownMs[running] = (ownMs[running] ?? 0) + now - since;
    since = now;
    const before = running;
    running = name;
    return before;
  }

  function requireModule(path) {
    const known = modules[path];
    if (known) return known.exports;
    const definition = definitions[path];
    if (definition === undefined) throw new Error(`Cannot find module '${path}'`);
    const module = { exports: {} };
    modules[path] = module;
    if (typeof definition === 'string') return module.exports;
    const [run, links] = definition;
    const before = charge(/node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(path)?.[1] ?? path);
    run.call(module.exports, module, module.exports, (specifier) => requireModule(links[specifier]));
    charge(before);
    return module.exports;
  }

  function requireFile(files, path) {
    const known = modules[path];
    if (known) return known.exports;
    const module = { exports: {} };
    modules[path] = module;
    const { run, imports, targets } = files[path];
    const require = (specifier) => {
      const { file, module: packageModule } = targets[specifier];
      return file === undefined ? requireModule(packageModule) : requireFile(files, file);
    };
    for (const specifier of imports) if (targets[specifier].file) require(specifier);
    const unsigned = () => (type) => type;
    run(
      module,
      module.exports,
      require,
      undefined,
      {},
      () => {},
      () => {},
      unsigned,
    );
    return module.exports;
  }

  /** Packages first, as the native engine does. */
  function requirePackages(files, entry) {
    const paths = new Set([entry]);
    for (const path of paths)
      for (const specifier of files[path].imports) {
        const { file, module } = files[path].targets[specifier];
        if (file !== undefined) paths.add(file);
        else requireModule(module);
      }
  }

  function untilPainted() {
    return new Promise((resolve) => {
      new PerformanceObserver((list) => {
        const root = document.getElementById('root');
        const own = list.getEntries().find(({ element }) => root.contains(element));
        if (own) resolve(own.renderTime);
      }).observe({ type: 'largest-contentful-paint', buffered: true });
    });
  }

  /** Tailwind's Play CDN on the finished page: its script's evaluation, then its styles. */
  async function runPlayCdn(address) {
    const script = document.createElement('script');
    Object.assign(script, { crossOrigin: 'anonymous', src: address });
    await new Promise((resolve, reject) => {
      Object.assign(script, { onload: resolve, onerror: reject });
      document.head.append(script);
    });
    const evaluatedAt = performance.now();
    const styled = new Promise((resolve) => {
      new MutationObserver(() => {
        if (/tailwindcss v3/.test(document.head.lastElementChild?.textContent)) resolve();
      }).observe(document.head, { childList: true, subtree: true, characterData: true });
    });
    document.head.append(document.createComment(''));
    await styled;
    const [{ responseEnd }] = performance.getEntriesByName(script.src);
    return { evaluateMs: evaluatedAt - responseEnd, stylesMs: performance.now() - evaluatedAt };
  }

  /** What the last script calls. */
  async function run(files, entry, playCdn) {
    const loaded = performance.now();
    charge('page');
    requirePackages(files, entry);
    charge('page');
    const packagesRan = performance.now();
    requireFile(files, entry);
    const artifactRan = performance.now();
    const painted = await untilPainted();
    const report = { begun, loaded, packagesRan, artifactRan, painted, ownMs };
    const tailwind = await runPlayCdn(playCdn);
    await fetch('/report', { method: 'POST', body: JSON.stringify({ ...report, tailwind }) });
  }

  Object.assign(window, {
    __previewKit: { cdn: '' },
    global: window,
    process: { env: { NODE_ENV: 'development' }, browser: true, version: '', versions: {} },
    previewKitPack: (more) => Object.assign(definitions, more),
    runFloor: run,
  });
})();
