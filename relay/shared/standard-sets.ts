// What LibreChat's previews ask for: known beforehand, so that it can be warmed, tested and measured as one.
// Sources: LibreChat's `sharedOptions`/`dependencies` of artifacts (0.8.x) and the additions of Sandpack's bundler.

/** Package name → range, as the bundler asks. */
export type DependencySet = Readonly<Record<string, string>>;

export type StandardSetName = 'react-18' | 'react-19' | 'mermaid' | 'markdown';

/** The bundler adds these to every React preview. */
const bundlerAdditions: DependencySet = {
  '@babel/core': '^7.3.3',
  '@babel/runtime': '^7.3.1',
  'node-libs-browser': '2.2.1',
  'react-refresh': '0.9.0',
};

/** The template `react-ts` of sandpack-react 2.19.10 asks for React 18, that of 2.20.0 for React 19. */
const react18: DependencySet = { react: '^18.0.0', 'react-dom': '^18.0.0' };
const react19: DependencySet = { react: '^19.0.0', 'react-dom': '^19.0.0' };

/** Dependencies that LibreChat gives every React artifact. */
export const artifactDependencies: DependencySet = {
  three: '^0.167.1',
  'lucide-react': '^0.394.0',
  'react-router-dom': '^6.11.2',
  'class-variance-authority': '^0.6.0',
  clsx: '^1.2.1',
  'date-fns': '^3.3.1',
  'tailwind-merge': '^2.6.1',
  'tailwindcss-animate': '^1.0.5',
  recharts: '2.12.7',
  '@radix-ui/react-accordion': '^1.1.2',
  '@radix-ui/react-alert-dialog': '^1.0.2',
  '@radix-ui/react-aspect-ratio': '^1.1.0',
  '@radix-ui/react-avatar': '^1.1.0',
  '@radix-ui/react-checkbox': '^1.0.3',
  '@radix-ui/react-collapsible': '^1.0.3',
  '@radix-ui/react-dialog': '^1.0.2',
  '@radix-ui/react-dropdown-menu': '^2.1.1',
  '@radix-ui/react-hover-card': '^1.0.5',
  '@radix-ui/react-label': '^2.0.0',
  '@radix-ui/react-menubar': '^1.1.1',
  '@radix-ui/react-navigation-menu': '^1.2.0',
  '@radix-ui/react-popover': '^1.0.7',
  '@radix-ui/react-progress': '^1.1.0',
  '@radix-ui/react-radio-group': '^1.1.3',
  '@radix-ui/react-select': '^2.0.0',
  '@radix-ui/react-separator': '^1.0.3',
  '@radix-ui/react-slider': '^1.1.1',
  '@radix-ui/react-slot': '^1.1.0',
  '@radix-ui/react-switch': '^1.0.3',
  '@radix-ui/react-tabs': '^1.0.3',
  '@radix-ui/react-toast': '^1.1.5',
  '@radix-ui/react-toggle': '^1.1.0',
  '@radix-ui/react-toggle-group': '^1.1.0',
  '@radix-ui/react-tooltip': '^1.2.8',
  'embla-carousel-react': '^8.2.0',
  'react-day-picker': '^9.0.8',
  'dat.gui': '^0.7.9',
  vaul: '^0.9.1',
};

/** Releases that let Sandpack draw Mermaid. */
const mermaidDependencies: DependencySet = {
  mermaid: '^11.4.1',
  'react-zoom-pan-pinch': '^3.6.1',
  'class-variance-authority': '^0.6.0',
  clsx: '^1.2.1',
  'tailwind-merge': '^1.9.1',
  '@radix-ui/react-slot': '^1.1.0',
};

/** Releases that rendered Markdown with React. */
const markdownDependencies: DependencySet = { 'marked-react': '^2.0.0' };

/** The sets as the kit's frame asks for them: without what the bundler adds, which the server knows itself. */
export const artifactSets: Readonly<Record<StandardSetName, DependencySet>> = {
  'react-18': { ...artifactDependencies, ...react18 },
  'react-19': { ...artifactDependencies, ...react19 },
  mermaid: { ...mermaidDependencies, ...react18 },
  markdown: { ...markdownDependencies, ...react18 },
};

const complete = (name: StandardSetName): DependencySet => ({ ...artifactSets[name], ...bundlerAdditions });

/** The complete sets, each resolved as one tree. */
export const standardSets: Readonly<Record<StandardSetName, DependencySet>> = {
  'react-18': complete('react-18'),
  'react-19': complete('react-19'),
  mermaid: complete('mermaid'),
  markdown: complete('markdown'),
};
