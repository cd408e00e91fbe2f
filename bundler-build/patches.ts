// Every change this kit makes to codesandbox-client's built bundler (Apache-2.0, © CodeSandbox BV), as one table.
// A patch must match exactly `count` times over the files it names, or the build stops: a silent miss would mean
// previews that call third parties. `__previewKit` is defined by relay/browser/react/frame-prelude.ts before any of these run,
// and inside workers by its worker wrapper.

/** One change: where, what, how often, and why. */
export interface Patch {
  name: string;
  why: string;
  /** Matches the path of a file below the bundler's folder. */
  files: RegExp;
  find: RegExp;
  replace: string;
  /** How often `find` matches over all files together. */
  count: number;
}

const main = /^static\/js\/(sandbox|sandbox-startup)\.[^/]+\.js$/;
const sandbox = /^static\/js\/sandbox\.[^/]+\.js$/;
const startup = /^static\/js\/(default~sandbox~sandbox-startup\.[^/]+\.chunk|sandbox-startup\.[^/]+)\.js$/;
const pageScripts = /^static\/js\/(sandbox|sandbox-startup|default~sandbox~sandbox-startup)\.[^/]+\.js$/;

export const patches: Patch[] = [
  {
    name: 'asset-origin',
    why: 'Chunks load from the base host, so that browsers cache them once for all preview origins.',
    files: main,
    find: /\b(\w)\.p="\/"/g,
    replace: '$1.p=__previewKit.assets',
    count: 2,
  },
  {
    name: 'worker-asset-origin',
    why: 'Workers run from a blob: URL, where "/" means nothing.',
    files: /^[a-z-]+-transpiler\.[^/]+\.worker\.js$/,
    find: /\b(\w)\.p="\/"/g,
    replace: '$1.p=__previewKit.assets',
    count: 9,
  },
  {
    name: 'workers',
    why: 'A worker script must be same-origin; the wrapper starts it through a blob: URL.',
    files: pageScripts,
    find: /new Worker\("\/([\w.-]+\.worker\.js)"\)/g,
    replace: '__previewKit.worker("$1")',
    count: 9,
  },
  {
    name: 'babel-on-demand',
    why: 'React artifacts are compiled without Babel (relay/browser/react/fast-compiler.ts); its worker starts when something else needs it.',
    files: startup,
    find: /!function\(\w\)\{const \w=document\.createElement\("link"\);[^}]*\}\("".concat\("","\/static\/js\/babel\."\).concat\("[\d.]+",".min.js"\)\),globalThis\.babelworkers=\[\w\(\)\(\)\]/g,
    replace: 'globalThis.babelworkers=[]',
    count: 1,
  },
  {
    name: 'babel-not-preloaded',
    why: 'As above: nothing is started before it is needed.',
    files: sandbox,
    find: /\{maxWorkerCount:1,preload:!0\}/g,
    replace: '{maxWorkerCount:1}',
    count: 1,
  },
  {
    name: 'fast-compiler',
    why: 'Project modules of React artifacts compile in milliseconds; what the fast compiler declines goes on to Babel.',
    files: sandbox,
    find: /const (\w)=(\w)\.options\.configurations,(\w)=\1\.babel&&\1\.babel\.parsed,(?=\w=\2\.options\|\|\{\},)/g,
    replace:
      'const K=yield __previewKit.transpile(e,$2);if(K)return K;const $1=$2.options.configurations,$3=$1.babel&&$1.babel.parsed,',
    count: 1,
  },
  {
    name: 'dependency-set',
    why: 'The whole dependency set is one request, resolved by the kit as one tree.',
    files: sandbox,
    find: /(function \w+\((\w),(\w),(\w),(\w)\)\{return \w+\(this,void 0,void 0,\(?function\*\(\)\{try\{)(?=const \w=function\((\w)\)\{return \6\?Object\.keys\(\6\))/g,
    replace: '$1return yield __previewKit.loadManifest($2,$3,$5);',
    count: 1,
  },
  {
    name: 'dependency-error',
    why: 'The reason is already a full sentence; retrying in a couple of seconds would not help.',
    files: sandbox,
    find: /"Could not fetch dependencies, please try again in a couple seconds: "\+/g,
    replace: '""+',
    count: 1,
  },
  {
    name: 'pre-bundled-modules',
    why: 'A module that names what it requires runs as it is; setManifest forgot to pass that on.',
    files: sandbox,
    find: /\{path:(\w),code:this\.manifest\.contents\[\1\]\.content\}/g,
    replace: '{path:$1,code:this.manifest.contents[$1].content,requires:this.manifest.contents[$1].requires}',
    count: 1,
  },
  {
    name: 'modules-on-demand',
    why: 'A module that the first answer did not hold is asked from the kit, pre-bundled, before it is looked up file by file.',
    files: sandbox,
    find: /downloadDependency\((\w),(\w),(\w)="",(\w)=this\.preset\.ignoredExtensions\)\{return (?=Object\()/g,
    replace:
      'downloadDependency($1,$2,$3="",$4=this.preset.ignoredExtensions){return __previewKit.loadModule(this,$1,$2.module.path,$3,$4).then(m=>m||this.downloadPlainDependency($1,$2,$3,$4))}downloadPlainDependency($1,$2,$3,$4){return ',
    count: 1,
  },
  {
    name: 'module-directories',
    why: 'Before the first transpilation there are no environment variables, and every look-up failed for it.',
    files: sandbox,
    find: /\b(\w+)\.envVariables\.NODE_PATH/g,
    replace: '($1.envVariables||{}).NODE_PATH',
    count: 2,
  },
  {
    name: 'node-prefix',
    why: '`node:path` is `path`; the table of built-in modules knows them without the prefix only.',
    files: sandbox,
    find: /=this\.getAliasedDependencyPath\((\w),(\w)\)(?=,\w=\w+\[\w\]\|\|\w;)/g,
    replace: '=this.getAliasedDependencyPath($1,$2).replace(/^node:/,"")',
    count: 2,
  },
  {
    name: 'node-modules-at-run-time',
    why: 'As above, when they are required; the file system’s own `path` lacks half of Node’s, and `os` was asked for under a name that has no file.',
    files: sandbox,
    find: /const (\w)=(\w)\.getPresetAliasedPath\(t\),(\w)=BrowserFS\.BFSRequire\(\1\);if\("os"===t\)\{const (\w)=(\w)\("os-browserify"\);/g,
    replace:
      't=t.replace(/^node:/,"");const $1=$2.getPresetAliasedPath(t),$3="path"===$1?void 0:BrowserFS.BFSRequire($1);if("os"===t){const $4=$5("os-browserify/browser.js");',
    count: 1,
  },
  {
    name: 'resolver-race',
    why: 'The cache is replaced while a look-up waits; storing its result then failed the look-up.',
    files: sandbox,
    find: /this\.cachedPaths\[(\w)\]\[(\w)\]=(?=\w)/g,
    replace: '(this.cachedPaths[$1]=this.cachedPaths[$1]||{})[$2]=',
    count: 4,
  },
  {
    name: 'cheap-misses',
    why: 'The resolver probes for hundreds of files that are not there; capturing a stack for each took a tenth of the render time.',
    files: sandbox,
    find: /const (\w)=new Error\("Could not find "\+(\w)\);throw \1\.code="ENOENT",\1/g,
    replace:
      'throw Object.assign(Object.create(Error.prototype),{message:"Could not find "+$2,code:"ENOENT"})',
    count: 2,
  },
  {
    name: 'cheap-rejections',
    why: 'A promise that is rejected before anybody listens makes the engine prepare a report, each time.',
    files: sandbox,
    find: /(this\.fileResolver\.readFile\((\w)\)\.then\(.{1,80}?\):)Promise\.reject\((\w)\)/g,
    replace: '$1Promise.resolve().then(()=>{throw $3})',
    count: 1,
  },
  {
    name: 'no-performance-marks',
    why: 'Thousands of marks that only telemetry read.',
    files: sandbox,
    find: /performance\.mark\(\w\+"_(?:start|end)"\)/g,
    replace: '0',
    count: 2,
  },
  {
    name: 'no-performance-measures',
    why: 'As above.',
    files: sandbox,
    find: /performance\.measure\(\w,\w\?\w\+"_start":void 0,\w\+"_end"\),/g,
    replace: '',
    count: 1,
  },
  {
    name: 'version-from-range',
    why: 'The presets only want to know how old React is at least; the range says it without a request.',
    files: sandbox,
    find: /(function \w\((\w),(\w)\)\{return \w\(this,void 0,void 0,\(?function\*\(\)\{)if\((\w)\(\3\)\)return \3;(?=try\{const \w=yield function)/g,
    replace: '$1if($4($3))return $3;const v=__previewKit.lowestVersion($3);if(v)return v;',
    count: 1,
  },
  {
    name: 'external-scripts',
    why: 'Scripts and styles that the embedder adds (Tailwind) come from the kit.',
    files: sandbox,
    find: /(\w)\.setAttribute\("src",(\w)\),\1\.async=!1,\1\.setAttribute\("id","external-js"\)/g,
    replace: '__previewKit.external($1,"src",$2),$1.async=!1,$1.setAttribute("id","external-js")',
    count: 1,
  },
  {
    name: 'external-styles',
    why: 'Scripts and styles that the embedder adds (Tailwind) come from the kit.',
    files: sandbox,
    find: /(\w)\.id="external-css",\1\.rel="stylesheet",\1\.type="text\/css",\1\.href=(\w),/g,
    replace:
      '$1.id="external-css",$1.rel="stylesheet",$1.type="text/css",__previewKit.external($1,"href",$2),',
    count: 1,
  },
  {
    name: 'console',
    why: 'Its console hook throws, outside of any handler, at what JSON has no form for; the kit’s never does.',
    files: startup,
    find: /\(0,\w\.default\)\(window\.console,(?=function\(\)\{.{1,120}\.dispatch\)\(\{type:"console",)/g,
    // What comes before may be a `return` without a space.
    replace: '(__previewKit.listenToConsole)(',
    count: 1,
  },
  {
    name: 'tests-only-when-asked',
    why: 'The test runner (0.8 MB) was downloaded after every render, tests or none.',
    files: sandbox,
    find: /setTimeout\((\w)\(\)\(\(?function\*\(\)\{try\{const \w=\(yield Promise\.all\(\[\w\.e\(0\),/g,
    replace: '__previewKit.hasTests()&&$&',
    count: 1,
  },
  {
    name: 'syntax-error-message',
    why: 'Babel’s errors let their message be set once only; the bundler sets it twice and then reported that instead.',
    files: /^static\/js\/babel\.7\.[\d.]+\.min\.js$/,
    find: /Object\.defineProperty\(this,"message",\{value:(\w)\}\)/g,
    replace: 'Object.defineProperty(this,"message",{value:$1,writable:!0,configurable:!0})',
    count: 1,
  },
  {
    name: 'history',
    why: 'The bundler put a history of its own in place of the browser’s, which told of no anchor that one goes back from.',
    files: startup,
    find: /Object\.assign\(window\.history,\{go\(\w\)\{.{1,1500}?setTimeout\(\(\)=>\{\w\(document\.location\.href\)\}\)(?=,\(0,(\w)\.listen\))/g,
    replace: '__previewKit.watchNavigation(e=>(0,$1.dispatch)(Object.assign({type:"urlchange"},e)))',
    count: 1,
  },
  {
    name: 'refusals',
    why: 'What a browser refuses a page in a frame (full screen, file pickers) is no fault that covers the artifact.',
    files: sandbox,
    find: /if\(null==(\w)\|\|null==\1\.reason\)(?=return \w\(new Error\("Unknown"\)\))/g,
    replace: 'if($1&&__previewKit.tellRefusal($1.reason))return;$&',
    count: 1,
  },
  {
    name: 'test-runner-browser',
    why: 'The test runner takes jsdom from the base host, as the bundler does its other files.',
    files: /^static\/js\/\d+\.[^/]+\.chunk\.js$/,
    find: /"\/static\/js\/(jsdom-[\d.]+\.min\.js)"/g,
    replace: '__previewKit.assets+"static/js/$1"',
    count: 1,
  },
  {
    name: 'babel-plugin-requires',
    why: 'Babel plugins from npm (Vue, Solid) are scanned line by line for what they require; a line may hold more than one `require`.',
    files: /^babel-transpiler\.[^/]+\.worker\.js$/,
    find: /\/require\\s\*\\\(\\s\*\['\|"\|`\]\(\[\^\\s\]\*\)/g,
    replace: `/\\brequire\\s*\\(\\s*['|"|\`]([^\\s'"\`]*)`,
    count: 2,
  },
  {
    name: 'babel-plugin-comments',
    why: 'The same scan took everything after the first // of a line for a comment, even that of https://.',
    files: /^babel-transpiler\.[^/]+\.worker\.js$/,
    find: /\/\^\(\\s\*\\\/\?\\\*\)\|\(\\\/\\\/\)\//g,
    replace: '/^\\s*(\\/?\\*|\\/\\/)/',
    count: 1,
  },
  {
    name: 'babel-plugin-package-json',
    why: 'For `entities/decode` it asked for entities/decode/package.json; without the package’s own nothing in it is found.',
    files: /^babel-transpiler\.[^/]+\.worker\.js$/,
    find: /(\w)\.endsWith\("\/package\.json"\)\?\1:\w\.join\(\1,"package\.json"\)/g,
    replace:
      '$1.endsWith("/package.json")?$1:$1.replace(/^(\\/node_modules\\/)?((?:@[^/]+\\/)?[^/]+)(\\/.*)?$/,"$$1$$2")+"/package.json"',
    count: 1,
  },
  {
    name: 'loading-font',
    why: 'The loading screen linked a Google font.',
    files: sandbox,
    find: /<link href="https:\/\/fonts\.googleapis\.com\/css2\?family=Inter:wght@200;400&display=swap" rel="stylesheet">\\n/g,
    replace: '',
    count: 3,
  },
  {
    name: 'telemetry',
    why: 'No measurements leave the house.',
    files: sandbox,
    find: /fetch\("https:\/\/col\.csbops\.io\/data\/sandpack",/g,
    replace: 'Promise.resolve(',
    count: 1,
  },
  {
    name: 'devtools-scripts',
    why: 'CodeSandbox’s own editor scripts, loaded on its own domains only.',
    files: startup,
    find: /"https:\/\/codesandbox\.io\/p\/(preview-protocol|chrome-devtool\/protocol\/index)\.js"/g,
    replace: '"about:blank"',
    count: 2,
  },
  {
    name: 'screenshot-proxy',
    why: 'Screenshots asked a CodeSandbox proxy for images of other origins.',
    files: startup,
    find: /proxy:"https:\/\/h2c-proxy\.csb\.dev\/"/g,
    replace: 'proxy:void 0',
    count: 1,
  },
  {
    name: 'npm-addresses',
    why: 'Versions, manifests, file lists and files are answered by the kit.',
    files: sandbox,
    find: /(["`])https:\/\/((?:data|cdn)\.jsdelivr\.net|data\.jsdelivr\.com|unpkg\.com|prod-packager-packages\.codesandbox\.io|aiwi8rnkp5\.execute-api\.eu-west-1\.amazonaws\.com)(?=[/"`])/g,
    replace: '__previewKit.cdn+$1$2',
    count: 12,
  },
  {
    name: 'compiler-addresses',
    why: 'TypeScript and Svelte compilers come from the kit.',
    files: /^(svelte|typescript)-transpiler\.[^/]+\.worker\.js$/,
    find: /"https:\/\/(unpkg\.com|cdnjs\.cloudflare\.com)(?=\/)/g,
    replace: '__previewKit.cdn+"$1',
    count: 5,
  },
];
