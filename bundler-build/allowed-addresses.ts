// Addresses of others that remain in the built bundler, each with the reason why no preview asks for it. The build's tests
// fail on any address that is not listed, and on any row that is no longer needed.

/** Hosts that may stay; `files` bounds where. */
export const allowedAddresses: { hosts: string[]; files?: RegExp; why: string }[] = [
  {
    hosts: ['cdn.jsdelivr.net', 'data.jsdelivr.com', 'unpkg.com'],
    files: /^static\/browserfs12\/browserfs\.min\.js$/,
    why: 'file systems over CDNs that BrowserFS offers and the bundler never mounts',
  },
  {
    hosts: ['api.github.com'],
    files: /^static\/js\/sandbox\.[^/]+\.js$/,
    why: 'dependencies and styles that an artifact itself names by a GitHub address',
  },
  {
    hosts: ['reason.surge.sh'],
    files: /^static\/js\/sandbox\.[^/]+\.js$/,
    why: 'compiler of the Reason template, which no artifact uses',
  },
  {
    hosts: ['codesandbox.io', 'codesandbox.stream', 'csb.app', 'csb.dev'],
    files:
      /^(babel-transpiler\.[^/]+\.worker|static\/js\/(sandbox|default~sandbox~sandbox-startup)\..+)\.js$/,
    why: 'comparisons with the page’s own host, and links behind buttons that the kit’s page does not show',
  },
  { hosts: ['empty.js', 'foo.com', 'example.com'], why: 'placeholders, never requested' },
  {
    hosts: [
      'json-schema.org',
      'raw.githubusercontent.com',
      'www.apple.com',
      'www.ibm.com',
      'www.mozilla.org',
      'www.openmobilealliance.org',
      'www.w3.org',
    ],
    why: 'names of namespaces, document types and schemas',
  },
  {
    hosts: [
      'blog.smayr.name',
      'coffeescript.org',
      'domenic.me',
      'github.com',
      'npmjs.com',
      'timothygu.me',
      'tmpvar.com',
      'zirro.se',
    ],
    why: 'home pages of authors and packages in bundled package descriptions and messages',
  },
  {
    hosts: [
      'adonisjs.com',
      'code.visualstudio.com',
      'cxjs.io',
      'developer.mozilla.org',
      'docs.npmjs.com',
      'docusaurus.io',
      'emberjs.com',
      'eslint.org',
      'gridsome.org',
      'markojs.com',
      'nestjs.com',
      'nextjs.org',
      'nuxtjs.org',
      'parceljs.org',
      'prettier.io',
      'quasar.dev',
      'react-styleguidist.js.org',
      'reasonml.github.io',
      'remix.run',
      'sapper.svelte.dev',
      'svelte.dev',
      'vercel.com',
      'vuepress.vuejs.org',
      'www.apollographql.com',
      'www.gatsbyjs.org',
      'www.netlify.com',
      'www.stackbit.com',
      'www.typescriptlang.org',
    ],
    files: /^static\/js\/sandbox\.[^/]+\.js$/,
    why: 'descriptions of CodeSandbox’s templates and settings files',
  },
  {
    hosts: ['babeljs.io', 'fburl.com', 'goo.gl', 'jestjs.io', 'reactjs.org', 'v3-migration.vuejs.org'],
    why: 'documentation that error messages point to',
  },
];

/** The hosts of all addresses that a script or style starts a string with. */
export function addressesIn(text: string): Set<string> {
  const found = text.matchAll(/["'`(=](?:https?:|wss?:)?\/\/((?:[\w-]+\.)+[a-z]{2,})(?![\w.])/gi);
  return new Set([...found].map(([, host]) => (host as string).toLowerCase()));
}
