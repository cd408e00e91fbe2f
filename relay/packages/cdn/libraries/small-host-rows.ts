// Sites that host a library or two: each row says which files of which packages their addresses mean. Rows are tried in their
// order by small-hosts.ts; a host's name has to be in cdn-hosts.ts too.

/** One form of address. */
export interface SmallHostRow {
  hosts: readonly string[];
  /** The whole path. */
  at: RegExp;
  /** `package@range/file` with the groups of `at`, in the order in which they are tried. */
  from?: readonly string[];
  /** Nothing on npm is that: what an artifact can use in its place. */
  instead?: string;
  /** A script of the kit's own. */
  script?: string;
}

const bootstrapHosts = ['stackpath.bootstrapcdn.com', 'maxcdn.bootstrapcdn.com', 'netdna.bootstrapcdn.com'];
const polyfillHosts = ['polyfill.io', 'cdn.polyfill.io', 'polyfill-fastly.io', 'cdnjs.cloudflare.com'];
const freeIcons = 'the free icons are at https://use.fontawesome.com/releases/v6.5.1/css/all.css';

export const smallHostRows: readonly SmallHostRow[] = [
  // jQuery
  {
    hosts: ['code.jquery.com'],
    at: /^\/jquery-(?<v>\d[\d.]*\d)(?<rest>(?:\.slim)?(?:\.min)?\.(?:js|map))$/,
    from: ['jquery@$<v>/dist/jquery$<rest>', 'jquery@$<v>/jquery$<rest>'],
  },
  {
    hosts: ['code.jquery.com'],
    // jQuery froze what it calls its latest version in 2014.
    at: /^\/jquery(?:-latest)?(?<rest>(?:\.min)?\.js)$/,
    from: ['jquery@1.11.1/dist/jquery$<rest>'],
  },
  {
    hosts: ['code.jquery.com'],
    at: /^\/ui\/(?<v>[^/]+)\/(?:themes\/base\/)?(?<file>.+)$/,
    from: [
      'jquery-ui@$<v>/dist/$<file>',
      'jquery-ui@$<v>/dist/themes/base/$<file>',
      'jquery-ui@$<v>/$<file>',
      'jquery-ui@$<v>/themes/base/$<file>',
      'jquery-ui-dist@$<v>/$<file>',
    ],
  },
  {
    hosts: ['code.jquery.com'],
    at: /^\/(?:color\/)?jquery(?<part>[-.][a-z]+)-(?<v>\d[\d.]*\d)(?<rest>(?:\.min)?\.js)$/,
    from: ['jquery$<part>@$<v>/dist/jquery$<part>$<rest>', 'jquery-color@$<v>/dist/jquery.color$<rest>'],
  },
  {
    hosts: ['code.jquery.com'],
    at: /^\/qunit\/qunit-(?<v>\d[\d.]*\d)(?<rest>\.(?:js|css))$/,
    from: ['qunit@$<v>/qunit/qunit$<rest>'],
  },
  // Bootstrap's CDN
  {
    hosts: bootstrapHosts,
    at: /^\/(?:twitter-)?bootstrap\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['bootstrap@$<v>/dist/$<file>'],
  },
  {
    hosts: bootstrapHosts,
    at: /^\/font-awesome\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['font-awesome@$<v>/$<file>'],
  },
  {
    hosts: bootstrapHosts,
    at: /^\/bootswatch\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['bootswatch@$<v>/dist/$<file>', 'bootswatch@$<v>/$<file>'],
  },
  // Plotly
  {
    hosts: ['cdn.plot.ly'],
    // The name was frozen with the last version of the first major.
    at: /^\/plotly(?<bundle>-[a-z0-9]+)?-latest(?<rest>(?:\.min)?\.js)$/,
    from: [
      'plotly.js$<bundle>-dist-min@1.58.5/plotly$<bundle>$<rest>',
      'plotly.js$<bundle>-dist@1.58.5/plotly$<bundle>$<rest>',
    ],
  },
  {
    hosts: ['cdn.plot.ly'],
    at: /^\/plotly(?<bundle>-[a-z0-9]+)?-(?<v>\d[\w.-]*?\d)(?<rest>(?:\.min)?\.js)$/,
    from: [
      'plotly.js$<bundle>-dist-min@$<v>/plotly$<bundle>$<rest>',
      'plotly.js$<bundle>-dist@$<v>/plotly$<bundle>$<rest>',
      'plotly.js@$<v>/dist/plotly$<bundle>$<rest>',
    ],
  },
  {
    hosts: ['cdn.plot.ly'],
    at: /^\/plotly-locale-(?<locale>[\w-]+?)-(?:latest|(?<v>\d[\d.]*\d))\.js$/,
    from: ['plotly.js-locales@$<v>/$<locale>.js', 'plotly.js@$<v>/dist/plotly-locale-$<locale>.js'],
  },
  // D3 and three.js
  {
    hosts: ['d3js.org'],
    at: /^\/(?<name>[a-z0-9-]+)\.v(?<v>\d[\d.]*?)(?<rest>(?:\.min)?\.js)$/,
    from: [
      '$<name>@^$<v>/dist/$<name>$<rest>',
      '$<name>@^$<v>/build/$<name>$<rest>',
      '$<name>@^$<v>/$<name>$<rest>',
    ],
  },
  // Later releases have no classic scripts.
  {
    hosts: ['threejs.org'],
    at: /^\/build\/(?<file>three(?:\.min)?\.js)$/,
    from: ['three@~0.160.0/build/$<file>'],
  },
  { hosts: ['threejs.org'], at: /^\/build\/(?<file>.+)$/, from: ['three@latest/build/$<file>'] },
  { hosts: ['threejs.org'], at: /^\/examples\/(?<file>js\/.+)$/, from: ['three@~0.147.0/examples/$<file>'] },
  {
    hosts: ['threejs.org'],
    at: /^\/examples\/(?<file>.+)$/,
    from: ['three@latest/examples/$<file>', 'three@~0.160.0/examples/$<file>'],
  },
  // Icons
  {
    hosts: ['use.fontawesome.com'],
    at: /^\/releases\/v?(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['@fortawesome/fontawesome-free@$<v>/$<file>'],
  },
  {
    hosts: ['kit.fontawesome.com', 'use.fontawesome.com', 'pro.fontawesome.com'],
    at: /^\/.+$/,
    instead: freeIcons,
  },
  {
    hosts: ['cdn.materialdesignicons.com'],
    at: /^\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['@mdi/font@$<v>/$<file>'],
  },
  {
    hosts: ['unicons.iconscout.com'],
    at: /^\/release\/v?(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['@iconscout/unicons@$<v>/$<file>'],
  },
  {
    hosts: ['code.iconify.design'],
    at: /^\/iconify-icon\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['iconify-icon@$<v>/dist/$<file>'],
  },
  {
    hosts: ['code.iconify.design'],
    at: /^\/(?:\d+\/)(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['@iconify/iconify@$<v>/dist/$<file>'],
  },
  // Python
  {
    hosts: ['cdn.jsdelivr.net'],
    // Compiled for Pyodide by its makers; PyPI does not have them in this form either.
    at: /^\/pyodide\/.+(?:\.whl(?:\.metadata)?|(?<!python_stdlib)\.zip|\.tar|\.tar\.gz|-tests\.tar)$/,
    instead:
      'Pyodide’s own packages (numpy, pandas, micropip, …) are published there alone, and npm has Python’s standard library only',
  },
  {
    hosts: ['cdn.jsdelivr.net'],
    at: /^\/pyodide\/(?:dev|v?(?<v>\d[^/]*))\/[a-z]+\/(?<file>.+)$/,
    from: ['pyodide@$<v>/$<file>'],
  },
  {
    hosts: ['pyscript.net'],
    at: /^\/.+\.(?:js|css)$/,
    instead: 'PyScript is at https://cdn.jsdelivr.net/npm/@pyscript/core/dist/core.js',
  },
  // Tables and widgets
  {
    hosts: ['cdn.datatables.net'],
    at: /^\/v\/.+$/,
    instead: 'DataTables is at https://cdn.datatables.net/1.13.8/js/jquery.dataTables.min.js',
  },
  {
    hosts: ['cdn.datatables.net'],
    at: /^\/(?:plug-ins)\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['datatables.net-plugins@$<v>/$<file>'],
  },
  {
    hosts: ['cdn.datatables.net'],
    at: /^\/(?<v>\d[^/]+)\/(?<file>(?:css|js)\/dataTables\.(?<style>bootstrap5|bootstrap4|bootstrap)(?:\.min)?\.\w+)$/,
    from: [
      'datatables.net-bs5@$<v>/$<file>',
      'datatables.net-bs4@$<v>/$<file>',
      'datatables.net-bs@$<v>/$<file>',
    ],
  },
  {
    hosts: ['cdn.datatables.net'],
    at: /^\/(?<v>\d[^/]+)\/(?<file>.+)$/,
    from: ['datatables.net@$<v>/$<file>', 'datatables.net-dt@$<v>/$<file>'],
  },
  {
    hosts: ['cdn.datatables.net'],
    at: /^\/(?<part>[a-z]+)\/(?<v>\d[^/]+)\/(?<file>.+)$/i,
    from: [
      'datatables.net-$<part>@$<v>/$<file>',
      'datatables.net-$<part>-dt@$<v>/$<file>',
      'datatables.net-$<part>-bs5@$<v>/$<file>',
      'datatables.net-$<part>-bs4@$<v>/$<file>',
    ],
  },
  {
    hosts: ['cdn.socket.io'],
    at: /^\/(?:socket\.io-)?(?<v>\d[\d.]*\d)(?:\/socket\.io)?(?<rest>(?:\.[a-z]+)*\.js(?:\.map)?)$/,
    from: ['socket.io-client@$<v>/dist/socket.io$<rest>'],
  },
  {
    hosts: ['cdn.socket.io'],
    at: /^\/(?<v>\d[^/]+)\/(?<file>.+)$/,
    from: ['socket.io-client@$<v>/dist/$<file>'],
  },
  { hosts: ['cdn.quilljs.com'], at: /^\/latest\/(?<file>.+)$/, from: ['quill@1/dist/$<file>'] },
  { hosts: ['cdn.quilljs.com'], at: /^\/(?<v>\d[^/]+)\/(?<file>.+)$/, from: ['quill@$<v>/dist/$<file>'] },
  {
    hosts: ['cdn.tiny.cloud'],
    at: /^\/1\/[^/]+\/tinymce\/(?:(?<v>\d+(?:\.\d+)*)(?:-(?:stable|dev|testing))?)\/(?<file>.+)$/,
    from: ['tinymce@~$<v>/$<file>'],
  },
  {
    hosts: ['cdn.ckeditor.com'],
    at: /^\/ckeditor5\/(?<v>[^/]+)\/(?<build>classic|inline|balloon|balloon-block|decoupled-document)\/(?<file>.+)$/,
    from: ['@ckeditor/ckeditor5-build-$<build>@$<v>/build/$<file>'],
  },
  {
    hosts: ['cdn.ckeditor.com'],
    at: /^\/ckeditor5\/(?<v>[^/]+)\/(?<file>ckeditor5(?:-\w+)?\.[\w.]+)$/,
    from: ['ckeditor5@$<v>/dist/browser/$<file>'],
  },
  {
    hosts: ['cdn.ckeditor.com'],
    at: /^\/(?<v>4[^/]+)\/[a-z-]+\/(?<file>.+)$/,
    from: ['ckeditor4@$<v>/$<file>'],
  },
  // Libraries of Google's and Microsoft's CDNs
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/jquery\/(?<v>\d+(?:\.\d+)?)\/(?<file>.+)$/,
    from: ['jquery@~$<v>/dist/$<file>'],
  },
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/jquery\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['jquery@$<v>/dist/$<file>', 'jquery@$<v>/$<file>'],
  },
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/jqueryui\/(?<v>[^/]+)\/(?:themes\/base\/)?(?<file>.+)$/,
    from: [
      'jquery-ui@$<v>/dist/$<file>',
      'jquery-ui@$<v>/dist/themes/base/$<file>',
      'jquery-ui@$<v>/themes/base/$<file>',
      'jquery-ui-dist@$<v>/$<file>',
    ],
  },
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/angularjs\/(?<v>[^/]+)\/(?<name>angular(?:-[a-z]+)*)(?<rest>(?:\.min)?\.(?:js|css)(?:\.map)?)$/,
    from: ['$<name>@$<v>/$<name>$<rest>'],
  },
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/threejs\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['three@$<v>/build/$<file>'],
  },
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/d3js\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['d3@$<v>/dist/$<file>', 'd3@$<v>/build/$<file>', 'd3@$<v>/$<file>'],
  },
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/hammerjs\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['hammerjs@$<v>/$<file>'],
  },
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/webfont\/(?<v>[^/]+)\/webfont\.js$/,
    from: ['webfontloader@$<v>/webfontloader.js', 'webfontloader@^1/webfontloader.js'],
  },
  {
    hosts: ['ajax.googleapis.com'],
    at: /^\/ajax\/libs\/(?:@google\/)?model-viewer\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['@google/model-viewer@$<v>/dist/$<file>'],
  },
  {
    hosts: ['ajax.aspnetcdn.com'],
    at: /^\/ajax\/jquery\/jquery-(?<v>\d[\d.]*\d)(?<rest>(?:\.slim)?(?:\.min)?\.(?:js|map))$/i,
    from: ['jquery@$<v>/dist/jquery$<rest>', 'jquery@$<v>/jquery$<rest>'],
  },
  {
    hosts: ['ajax.aspnetcdn.com'],
    at: /^\/ajax\/jquery\.validate\/(?<v>[^/]+)\/(?<file>.+)$/i,
    from: ['jquery-validation@$<v>/dist/$<file>'],
  },
  {
    hosts: ['ajax.aspnetcdn.com'],
    at: /^\/ajax\/jquery\.ui\/(?<v>[^/]+)\/(?:themes\/base\/)?(?<file>.+)$/i,
    from: ['jquery-ui@$<v>/dist/$<file>', 'jquery-ui-dist@$<v>/$<file>'],
  },
  {
    hosts: ['ajax.aspnetcdn.com'],
    at: /^\/ajax\/bootstrap\/(?<v>[^/]+)\/(?<file>.+)$/i,
    from: ['bootstrap@$<v>/dist/$<file>'],
  },
  {
    hosts: ['www.gstatic.com'],
    at: /^\/charts\/.+$/,
    instead: 'Chart.js and ECharts are on npm, Google Charts may not be hosted elsewhere',
  },
  {
    hosts: ['www.gstatic.com'],
    at: /^\/firebasejs\/(?<v>[^/]+)\/(?<file>.+)$/,
    from: ['firebase@$<v>/$<file>'],
  },
  // Charts
  {
    hosts: ['cdn.bokeh.org'],
    at: /^\/bokeh\/release\/(?<name>bokeh(?:-[a-z]+)?)-(?<v>\d[\d.]*\d)(?<rest>(?:\.min)?\.(?:js|css))$/,
    from: ['@bokeh/bokehjs@$<v>/build/js/$<name>$<rest>'],
  },
  {
    hosts: ['cdn.anychart.com'],
    at: /^\/releases\/(?:v(?<major>\d+)|(?<v>\d+\.[^/]+))\/(?<file>.+)$/,
    from: ['anychart@$<major>$<v>/dist/$<file>'],
  },
  {
    hosts: ['cdn.amcharts.com', 'www.amcharts.com'],
    at: /^\/lib\/.+$/,
    instead: 'amCharts publishes modules only, for example https://esm.sh/@amcharts/amcharts5',
  },
  {
    hosts: ['code.highcharts.com'],
    at: /^\/(?:(?:stock|maps|gantt)\/)?(?:(?<v>\d[^/]*)\/)(?<file>.+)$/,
    from: ['highcharts@$<v>/$<file>'],
  },
  {
    hosts: ['code.highcharts.com'],
    at: /^\/mapdata\/(?<file>.+)$/,
    from: ['@highcharts/map-collection@latest/$<file>'],
  },
  {
    hosts: ['code.highcharts.com'],
    at: /^\/(?:(?:stock|maps|gantt)\/)?(?<file>.+)$/,
    from: ['highcharts@latest/$<file>'],
  },
  {
    hosts: ['canvasjs.com', 'cdn.canvasjs.com'],
    at: /^\/(?:assets\/script\/)?(?<file>canvasjs(?:\.min)?\.js)$/,
    from: ['@canvasjs/charts@latest/$<file>'],
  },
  // Games, 3D, media
  {
    hosts: ['cdn.babylonjs.com', 'preview.babylonjs.com'],
    at: /^\/(?:v(?<v>\d[^/]*)\/)?(?<file>babylon(?:\.max)?\.js(?:\.map)?)$/,
    from: ['babylonjs@$<v>/$<file>'],
  },
  {
    hosts: ['cdn.babylonjs.com', 'preview.babylonjs.com'],
    at: /^\/(?:v(?<v>\d[^/]*)\/)?(?<part>loaders|gui|serializers|inspector|materials|postProcess|proceduralTextures)(?:es)?(?:Library)?\/(?<file>.+)$/,
    from: [
      'babylonjs-$<part>@$<v>/$<file>',
      'babylonjs-procedural-textures@$<v>/$<file>',
      'babylonjs-post-process@$<v>/$<file>',
    ],
  },
  {
    hosts: ['cdn.babylonjs.com', 'preview.babylonjs.com'],
    at: /^\/(?<file>cannon|earcut\.min|Oimo)\.js$/,
    from: ['cannon@latest/build/$<file>.js', 'earcut@2/dist/$<file>.js', 'oimo@latest/build/oimo.js'],
  },
  {
    hosts: ['aframe.io'],
    at: /^\/releases\/(?<v>[^/]+)\/aframe(?<rest>(?:\.min)?\.js(?:\.map)?)$/,
    from: [
      'aframe@$<v>/dist/aframe-v$<v>$<rest>',
      'aframe@$<v>/dist/aframe$<rest>',
      'aframe@$<v>/dist/aframe-master$<rest>',
    ],
  },
  {
    hosts: ['pixijs.download'],
    at: /^\/(?:release|v(?<v>\d[^/]*))\/(?<file>.+)$/,
    from: ['pixi.js@$<v>/dist/$<file>', 'pixi.js@$<v>/dist/browser/$<file>'],
  },
  {
    hosts: ['code.createjs.com'],
    at: /^\/1\.0\.0\/(?<file>.+)$/,
    from: ['createjs@1.0.1/builds/1.0.0/$<file>'],
  },
  { hosts: ['vjs.zencdn.net'], at: /^\/(?<v>\d[^/]*)\/(?<file>.+)$/, from: ['video.js@$<v>/dist/$<file>'] },
  { hosts: ['cdn.plyr.io'], at: /^\/(?<v>\d[^/]*)\/(?<file>.+)$/, from: ['plyr@$<v>/dist/$<file>'] },
  {
    hosts: ['cdn.dashjs.org'],
    at: /^\/(?:v(?<v>\d[^/]*)|latest)\/(?<file>.+)$/,
    from: ['dashjs@$<v>/dist/$<file>', 'dashjs@$<v>/dist/modern/umd/$<file>', 'dashjs@^4/dist/$<file>'],
  },
  {
    hosts: ['cesium.com'],
    at: /^\/downloads\/cesiumjs\/releases\/(?<v>\d+\.\d+)(?<patch>\.\d+)?\/(?<file>.+)$/,
    from: ['cesium@$<v>$<patch>/$<file>'],
  },
  // jsDelivr's addresses of old: a project's name, a version, a file.
  {
    hosts: ['cdn.jsdelivr.net'],
    at: /^\/(?!(?:npm|gh|wp|combine|pyodide)\/)(?<name>[a-z][\w.-]*)\/(?<v>\d+\.\d[\w.-]*)\/(?<file>.+)$/,
    from: ['$<name>@$<v>/$<file>', '$<name>@$<v>/dist/$<file>'],
  },
  // The rest
  {
    hosts: ['cdn.mathjax.org'],
    at: /^\/mathjax\/(?:latest|2[^/]*)\/(?<file>.+)$/,
    from: ['mathjax@^2/$<file>'],
  },
  {
    hosts: ['mozilla.github.io'],
    at: /^\/pdf\.js\/build\/(?<file>.+\.mjs)$/,
    from: ['pdfjs-dist@latest/build/$<file>'],
  },
  {
    hosts: ['mozilla.github.io'],
    at: /^\/pdf\.js\/build\/(?<file>.+\.js)$/,
    from: ['pdfjs-dist@^3/build/$<file>'],
  },
  {
    hosts: ['cdn.sheetjs.com'],
    at: /^\/xlsx-(?<v>\d[\d.]*\d)\/package\/(?<file>.+)$/,
    from: ['xlsx@$<v>/$<file>'],
  },
  {
    hosts: ['html2canvas.hertzen.com'],
    at: /^\/dist\/(?<file>.+)$/,
    from: ['html2canvas@latest/dist/$<file>'],
  },
  {
    hosts: ['code.getmdl.io'],
    at: /^\/(?<v>\d[^/]*)\/(?<file>.+)$/,
    from: ['material-design-lite@$<v>/$<file>', 'material-design-lite@$<v>/dist/$<file>'],
  },
  {
    hosts: polyfillHosts,
    at: /^\/(?:v\d+|polyfill\/v\d+)\/polyfill(?:\.min)?\.js$/,
    script: '/* No polyfills: every browser that shows previews has these features. */\n',
  },
];
