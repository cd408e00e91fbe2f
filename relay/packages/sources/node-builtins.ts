// Node's built-in modules as the bundler replaces them in browsers: from the packages of `node-libs-browser`, or by nothing.
// The table mirrors codesandbox-client's manager, which resolves these names before any package of the same name.

/** Module name → file below /node_modules; null: the bundler has an empty module, or none at all. */
const builtins: Record<string, string | null> = {
  assert: 'assert/assert.js',
  buffer: 'buffer/index.js',
  child_process: null,
  cluster: null,
  console: 'console-browserify/index.js',
  constants: 'constants-browserify/constants.json',
  crypto: 'crypto-browserify/index.js',
  dgram: null,
  dns: null,
  domain: 'domain-browser/index.js',
  events: 'events/events.js',
  fs: null,
  http: 'stream-http/index.js',
  https: 'https-browserify/index.js',
  module: null,
  net: null,
  os: 'os-browserify/browser.js',
  path: 'path-browserify/index.js',
  punycode: 'punycode/punycode.js',
  process: 'process/browser.js',
  querystring: 'querystring-es3/index.js',
  readline: null,
  repl: null,
  stream: 'stream-browserify/index.js',
  _stream_duplex: 'readable-stream/duplex.js',
  _stream_passthrough: 'readable-stream/passthrough.js',
  _stream_readable: 'readable-stream/readable.js',
  _stream_transform: 'readable-stream/transform.js',
  _stream_writable: 'readable-stream/writable.js',
  // The bundler's own table has none: it takes the package.
  string_decoder: 'string_decoder/',
  sys: 'util/util.js',
  timers: 'timers-browserify/main.js',
  tls: null,
  tty: 'tty-browserify/index.js',
  url: 'url/url.js',
  util: 'util/util.js',
  vm: 'vm-browserify/index.js',
  zlib: 'browserify-zlib/src/index.js',
};

export function isBuiltin(specifier: string): boolean {
  return Object.hasOwn(builtins, specifier);
}

/** The specifier that stands in for a built-in, e.g. `util` → `util/util.js`; undefined when nothing does. */
export function browserBuiltin(specifier: string): string | undefined {
  return builtins[specifier] ?? undefined;
}

/** What of a built-in works in a browser, for docs/node-modules.md; a module without a line works as far as its replacement does. */
const remarks: Record<string, string> = {
  assert: 'Works, `rejects` and `match` too.',
  buffer: 'Works, and `Buffer` without an import. No BigInt methods.',
  console: 'The page’s own.',
  crypto:
    'Hashes (md5, sha1, sha256, sha512 …), HMAC, ciphers, PBKDF2, signatures, `randomBytes`, `randomUUID`, `randomInt`, `timingSafeEqual`, `webcrypto`. No key objects (`createSecretKey`, `generateKeyPair`), no scrypt.',
  events: 'Works, `once` too; no `on`.',
  fs: 'Native: importing it fails and says so. Bundler: an empty file system in memory.',
  http: 'Requests, as far as the content policy lets them out. `createServer` throws and says why.',
  https: 'As http.',
  os: 'Works; says what a browser can know.',
  path: 'Works, POSIX only.',
  process: 'Works, and `process.env` without an import; nothing of the machine is in it.',
  stream:
    'Works: `pipeline`, `finished`, `Readable.from`, `promises`, `for await` too. No async functions inside `pipeline`.',
  timers: 'Works, `promises` too.',
  url: 'Works: `URL`, `URLSearchParams`, `fileURLToPath` and the functions of old.',
  util: 'Works: `promisify`, `inspect`, `format`, `types`, `isDeepStrictEqual`, `TextEncoder`. No `parseArgs`, `styleText`.',
  zlib: 'gzip, deflate and inflate, in both forms. No Brotli.',
};

/** Every built-in with what stands in for it and what works, as the docs list them. */
export function describeBuiltins(): { name: string; replacement: string | null; remark: string }[] {
  return Object.entries(builtins).map(([name, replacement]) => ({
    name,
    replacement,
    remark: remarks[name] ?? (replacement === null ? 'Not there.' : 'Works.'),
  }));
}
