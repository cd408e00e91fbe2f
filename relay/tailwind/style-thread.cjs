// Runs Tailwind, in a thread that TailwindStyles starts from this file's text: what takes too long can be ended there, and the relay
// answers others meanwhile. Of an artifact it sees text only, which it never runs.
const { createRequire } = require('node:module');
const { parentPort, workerData } = require('node:worker_threads');

const load = createRequire(workerData.from);
const postcss = load('postcss');
const { LRUCache } = load('lru-cache');
const resolveConfig = load('tailwindcss/resolveConfig.js');
// Tailwind's public plugin makes a context (36 ms) after it was asked, and again for every other content. These are its parts.
const { createContext } = load('tailwindcss/lib/lib/setupContextUtils.js');
const { defaultExtractor } = load('tailwindcss/lib/lib/defaultExtractor.js');
const { default: processFeatures } = load('tailwindcss/lib/processTailwindFeatures.js');

const separator = '\n';
/** The Play CDN's: all defaults, and content that is a list of names. */
const config = resolveConfig({
  content: { files: [], extract: { html: (names) => names.split(separator) } },
});
const extract = defaultExtractor({ tailwindConfig: config });

/** What may be a class in a text, by the text's hash: LibreChat's components come with every artifact. */
const known = new LRUCache({
  maxSize: 4 * 1024 * 1024,
  sizeCalculation: (names) => names.reduce((sum, name) => sum + name.length, 1),
});

function namesIn({ hash, text }) {
  const found = known.get(hash);
  if (found !== undefined) return found;
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  return [...new Set([...lines].flatMap((line) => extract(line)))];
}

/** A context remembers what it was asked for: each serves once, so that no artifact's names are in another's styles. */
let ready = createContext(config, []);

function takeContext() {
  const context = ready ?? createContext(config, []);
  ready = undefined;
  return context;
}

const directives = '@tailwind base;@tailwind components;@tailwind utilities;';

async function makeStyles(texts) {
  const context = takeContext();
  const names = texts.map(namesIn);
  context.changedContent = [{ content: names.flat().join(separator), extension: 'html' }];
  const plugin = { postcssPlugin: 'tailwindcss', Once: processFeatures(() => () => context) };
  const { css } = await postcss([plugin]).process(directives, { from: undefined, map: false });
  // Most words of a text are no classes, which takes longest to find out.
  for (const [at, { hash }] of texts.entries())
    known.set(
      hash,
      names[at].filter((name) => !context.notClassCache.has(name)),
    );
  return css;
}

parentPort.on('message', async ({ texts }) => {
  try {
    parentPort.postMessage({ css: await makeStyles(texts) });
  } catch (error) {
    parentPort.postMessage({ reason: String(error) });
  }
  ready ??= createContext(config, []);
});
parentPort.postMessage('ready');
