// Which npm packages hold a cdnjs library. A row lists places in the order in which they are tried, separated by spaces:
// `package`, `package@range` when only those versions are meant, `package/folder` when cdnjs shows that folder as the library's
// root. A `*` stands for the file's name without its endings. cdnjs-packages.json has cdnjs' own rows in the same form, made
// from the repository cdnjs/packages (MIT, see NOTICE); the rows here go before them.

/** Libraries that cdnjs copies from git, or whose packages changed their name, or that models spell in their own way. */
const ownRows: Readonly<Record<string, string>> = {
  ace: 'ace-builds/src-min ace-builds/src-min-noconflict ace-builds',
  'angular.js': 'angular * angular-i18n',
  'animate.css': 'animate.css',
  'babel-standalone': 'babel-standalone@<7 @babel/standalone',
  'bootstrap-datepicker': 'bootstrap-datepicker/dist',
  'bootstrap-table': 'bootstrap-table/dist',
  c3: 'c3',
  'cannon.js': 'cannon/build',
  chartist: 'chartist/dist',
  chosen: 'chosen-js',
  'color-thief': 'colorthief/dist',
  'core-js': 'core-js@<3/client core-js-bundle',
  createjs: 'createjs/builds/1.0.0',
  croppie: 'croppie',
  'crypto-js': 'crypto-js',
  cytoscape: 'cytoscape/dist',
  'd3-cloud': 'd3-cloud/build',
  'dagre-d3': 'dagre-d3/dist',
  'dat-gui': 'dat.gui/build',
  datatables:
    'datatables.net datatables.net-dt datatables.net-bs4 datatables.net-bs5 datatables.net-bs datatables/media',
  devicon: 'devicon',
  dompurify: 'dompurify/dist dompurify',
  dragula: 'dragula/dist',
  emojione: 'emojione/lib emojione/extras',
  'fabric.js': 'fabric/dist',
  fancybox: '@fancyapps/fancybox/dist @fancyapps/ui/dist fancybox/dist',
  'flag-icon-css': 'flag-icon-css@<5 flag-icons flag-icon-css',
  'flag-icons': 'flag-icons',
  'font-awesome': 'font-awesome@<5 @fortawesome/fontawesome-free@>=5',
  foundation: 'foundation-sites/dist foundation-sites',
  fullcalendar: 'fullcalendar/dist fullcalendar',
  gsap: 'gsap/dist gsap',
  'hammer.js': 'hammerjs',
  'highlight.js': '@highlightjs/cdn-assets highlightjs highlight.js',
  highcharts: 'highcharts',
  'hover.css': 'hover.css',
  howler: 'howler/dist howler',
  htmx: 'htmx.org/dist htmx.org',
  html5shiv: 'html5shiv/dist',
  'ion-rangeslider': 'ion-rangeslider',
  isotope: 'isotope-layout/dist',
  'jquery.isotope': 'isotope-layout/dist',
  'jquery-cookie': 'jquery.cookie',
  'jquery-mousewheel': 'jquery-mousewheel',
  'jquery-validate': 'jquery-validation/dist',
  'jquery.lazyload': 'jquery-lazyload lazyload',
  'jquery.mask': 'jquery-mask-plugin/dist',
  jqueryui: 'jquery-ui/dist jquery-ui-dist',
  'js-yaml': 'js-yaml/dist',
  jsPlumb: 'jsplumb/dist/js @jsplumb/browser-ui',
  jspdf: 'jspdf/dist',
  'jspdf-autotable': 'jspdf-autotable/dist',
  jstat: 'jstat/dist',
  jszip: 'jszip/dist',
  konva: 'konva',
  lightbox2: 'lightbox2/dist',
  'locomotive-scroll': 'locomotive-scroll/dist locomotive-scroll/bundled',
  'lodash.js': 'lodash',
  'lodash-compat': 'lodash-compat lodash',
  'lz-string': 'lz-string/libs',
  magic: 'magic.css magic.css/dist',
  'magnific-popup.js': 'magnific-popup/dist',
  'markdown-it': 'markdown-it/dist',
  masonry: 'masonry-layout/dist',
  materialize: 'materialize-css/dist @materializecss/materialize/dist',
  'material-design-iconic-font': 'material-design-iconic-font/dist',
  'material-design-icons': 'material-design-icons',
  'MaterialDesign-Webfont': '@mdi/font',
  mathjax: 'mathjax',
  'matter-js': 'matter-js/build',
  modernizr: 'modernizr',
  mui: 'muicss/dist',
  'open-iconic': 'open-iconic',
  OwlCarousel2: 'owl.carousel/dist',
  pace: 'pace-js pace-progress pace-js/themes',
  PapaParse: 'papaparse',
  'paper.js': 'paper/dist',
  'particles.js': 'particles.js',
  photoswipe: 'photoswipe/dist',
  pikaday: 'pikaday',
  'plotly.js': 'plotly.js-dist-min plotly.js-dist plotly.js/dist',
  'popper.js': 'popper.js@<2/dist @popperjs/core/dist',
  raphael: 'raphael',
  'require.js': 'requirejs',
  'respond.js': 'respond.js/dest',
  riot: 'riot',
  'rough.js': 'roughjs/bundled roughjs/dist',
  'screenfull.js': 'screenfull/dist',
  'semantic-ui': 'semantic-ui-css semantic-ui/dist',
  shepherd: 'shepherd.js/dist',
  showdown: 'showdown/dist',
  skeleton: 'skeleton-css/css',
  'snap.svg': 'snapsvg/dist',
  Sortable: 'sortablejs',
  'stats.js': 'stats.js/build',
  'store.js': 'store/dist',
  tabulator: 'tabulator-tables/dist',
  tachyons: 'tachyons/css',
  'three.js': 'three/build three',
  'toastr.js': 'toastr/build toastr',
  trix: 'trix/dist',
  'tween.js': '@tweenjs/tween.js/dist tween.js/src',
  twemoji: 'twemoji/dist',
  'two.js': 'two.js/build',
  'typed.js': 'typed.js/dist typed.js/lib',
  'underscore.js': 'underscore',
  velocity: 'velocity-animate',
  vis: 'vis/dist',
  waypoints: 'waypoints/lib',
  'weather-icons': 'weather-icons weathericons',
  'webrtc-adapter': 'webrtc-adapter/out',
  wow: 'wow.js/dist wowjs/dist',
  zrender: 'zrender/dist',
};

/** Files that have another name in the package: library, the file as cdnjs names it, and its name in the package. */
export const renamedFiles: readonly (readonly [library: string, file: RegExp, renamed: string])[] = [
  ['knockout', /^knockout-min\.js$/, 'knockout-latest.js'],
  ['lodash.js', /^lodash\.core(\.min)?\.js$/, 'core$1.js'],
];

/** `Chart.js`, `chart.js` and `chartjs` are looked up under one key. */
const looseKey = (library: string): string => library.toLowerCase().replace(/[.-]?js$/, '');

let rows: Promise<{ exact: Map<string, string>; loose: Map<string, string> }> | undefined;

/**
 * The places to look in for a library, in the form of the table; loaded with the first call.
 * @param library as the address spells it; another spelling finds it too where it is the only one
 * @returns undefined for a library that is in no table
 */
export async function findLibrary(library: string): Promise<string | undefined> {
  rows ??= loadRows();
  const { exact, loose } = await rows;
  return exact.get(library) ?? loose.get(looseKey(library));
}

async function loadRows(): Promise<{ exact: Map<string, string>; loose: Map<string, string> }> {
  const { default: cdnjsRows } = await import('./cdnjs-packages.json', { with: { type: 'json' } });
  const exact = new Map([...Object.entries<string>(cdnjsRows), ...Object.entries(ownRows)]);
  const loose = new Map([...exact].reverse().map(([library, places]) => [looseKey(library), places]));
  // Of several spellings the kit's own row wins.
  for (const [library, places] of Object.entries(ownRows)) loose.set(looseKey(library), places);
  return { exact, loose };
}
