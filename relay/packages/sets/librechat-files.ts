// The files that LibreChat adds to every React artifact, reduced to what they import, so that the imports of an artifact
// can be known without LibreChat's sources. A test compares this table with the files that LibreChat publishes.

/** Component below /components/ui → the specifiers it imports. */
const components: Readonly<Record<string, string>> = {
  accordion: 'react @radix-ui/react-accordion lucide-react ../../lib/utils',
  'alert-dialog': 'react @radix-ui/react-alert-dialog ../../lib/utils ./button',
  alert: 'react class-variance-authority ../../lib/utils',
  avatar: 'react @radix-ui/react-avatar ../../lib/utils',
  badge: 'react class-variance-authority ../../lib/utils',
  breadcrumb: 'react @radix-ui/react-slot lucide-react ../../lib/utils',
  button: 'react @radix-ui/react-slot class-variance-authority ../../lib/utils',
  calendar: 'react lucide-react react-day-picker ../../lib/utils ./button',
  card: 'react ../../lib/utils',
  carousel: 'react embla-carousel-react lucide-react ../../lib/utils ./button',
  checkbox: 'react @radix-ui/react-checkbox lucide-react ../../lib/utils',
  collapsible: '@radix-ui/react-collapsible',
  dialog: 'react @radix-ui/react-dialog lucide-react ../../lib/utils',
  drawer: 'react vaul ../../lib/utils',
  'dropdown-menu': 'react @radix-ui/react-dropdown-menu lucide-react ../../lib/utils',
  input: 'react ../../lib/utils',
  label: 'react @radix-ui/react-label class-variance-authority ../../lib/utils',
  menubar: 'react @radix-ui/react-menubar lucide-react ../../lib/utils',
  'navigation-menu':
    'react @radix-ui/react-navigation-menu class-variance-authority lucide-react ../../lib/utils',
  pagination: 'react lucide-react ../../lib/utils ./button',
  popover: 'react @radix-ui/react-popover ../../lib/utils',
  progress: 'react @radix-ui/react-progress ../../lib/utils',
  'radio-group': 'react @radix-ui/react-radio-group lucide-react ../../lib/utils',
  select: 'react @radix-ui/react-select lucide-react ../../lib/utils',
  separator: 'react @radix-ui/react-separator ../../lib/utils',
  skeleton: '../../lib/utils',
  slider: 'react @radix-ui/react-slider ../../lib/utils',
  switch: 'react @radix-ui/react-switch ../../lib/utils',
  table: 'react ../../lib/utils',
  tabs: 'react @radix-ui/react-tabs ../../lib/utils',
  textarea: 'react ../../lib/utils',
  toast: 'react @radix-ui/react-toast class-variance-authority lucide-react ../../lib/utils',
  toaster: './toast ./use-toast',
  'toggle-group': 'react @radix-ui/react-toggle-group class-variance-authority ../../lib/utils ./toggle',
  toggle: 'react @radix-ui/react-toggle class-variance-authority ../../lib/utils',
  tooltip: 'react @radix-ui/react-tooltip ../../lib/utils',
  'use-toast': 'react ./toast',
};

const importing = (specifiers: string): { code: string } => ({
  code: specifiers
    .split(' ')
    .map((specifier) => `import '${specifier}';`)
    .join('\n'),
});

/**
 * LibreChat's files as Sandpack's `compile` message carries them, with nothing but their imports.
 * @returns by absolute path: `/lib/utils.ts`, `/components/ui/<name>.tsx`
 */
export function libreChatFiles(): Record<string, { code: string }> {
  return {
    '/lib/utils.ts': importing('clsx tailwind-merge'),
    ...Object.fromEntries(
      Object.entries(components).map(([name, specifiers]) => [
        `/components/ui/${name}.tsx`,
        importing(specifiers),
      ]),
    ),
  };
}

/** Everything that an artifact's own files are put between: Sandpack's entry of `react-ts`, and LibreChat's files. */
export function reactArtifactFiles(code: string): Record<string, { code: string }> {
  return {
    '/package.json': { code: '{"main":"/index.tsx"}' },
    '/index.tsx': importing('react react-dom/client ./App'),
    ...libreChatFiles(),
    '/App.tsx': { code },
  };
}
