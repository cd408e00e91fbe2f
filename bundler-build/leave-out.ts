// Files of the bundler that no browser template asks for at run time, with the reason; everything else is kept.

/** Path patterns below the bundler's folder, and why they stay behind. */
export const leaveOut: { files: RegExp; why: string }[] = [
  { files: /\.map$/, why: 'source maps of the bundler itself' },
  { files: /^static\/fonts\/|^static\/img\//, why: 'fonts and pictures of the CodeSandbox editor' },
  { files: /^static\/browserfs11\//, why: 'superseded by browserfs12' },
  {
    files: /^static\/browserfs12\/(?!browserfs\.min\.js$)/,
    why: 'sources and types beside the one file in use',
  },
  { files: /^static\/js\/prettier\//, why: 'formatter of the CodeSandbox editor' },
  { files: /^static\/js\/eslint\./, why: 'linter of the CodeSandbox editor' },
  { files: /^static\/js\/less\.min\.js$/, why: 'superseded by less-4.1.2' },
  {
    files: /^static\/js\/babel\.[\d.]+(?<!min\.)\.js$|^static\/js\/babel\.7\.[\d.]+\d\.js$/,
    why: 'the minified build is the one in use',
  },
  {
    files: /^(sandbox-)?service-worker\.js$|^sw\.[^/]+\.worker\.js$/,
    why: 'the kit has a service worker of its own',
  },
  { files: /^[^/]+\.(png|svg|ico|xml|webmanifest|sh|txt)$/, why: 'icons and settings of codesandbox.io' },
  { files: /^(file-manifest|manifest)\.json$|^index\.html$/, why: 'the relay makes the page itself' },
];
