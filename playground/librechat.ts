// What LibreChat hands to Sandpack for an artifact: template, files, dependencies, external resources.
// Pure; the playground, the tests and the benchmarks all build their requests here.
import { shadcnComponents } from 'librechat-data-provider';
import { markdownPage, svgPage } from './static-page.ts';

export type ArtifactType = 'application/vnd.react' | 'text/html' | 'image/svg+xml' | 'text/markdown';

export interface Artifact {
  type: ArtifactType;
  code: string;
  title?: string;
  /** npm name → range. Replaces the set that the type would bring. */
  dependencies?: Record<string, string>;
}

export interface SandpackSetup {
  template: 'react-ts' | 'static';
  /** The file that holds the artifact's own code, as a Sandpack path. */
  entry: 'App.tsx' | 'index.html';
  files: Record<string, string>;
  dependencies: Record<string, string>;
  externalResources: string[];
}

/** Where LibreChat sends its previews; the answer of `GET /playground.json`. */
export interface BundlerUrls {
  bundlerURL: string;
  staticBundlerURL: string;
}

export const tailwindResource = 'https://cdn.tailwindcss.com/3.4.17#tailwind.js';

const radixRanges = {
  accordion: '^1.1.2',
  'alert-dialog': '^1.0.2',
  'aspect-ratio': '^1.1.0',
  avatar: '^1.1.0',
  checkbox: '^1.0.3',
  collapsible: '^1.0.3',
  dialog: '^1.0.2',
  'dropdown-menu': '^2.1.1',
  'hover-card': '^1.0.5',
  label: '^2.0.0',
  menubar: '^1.1.1',
  'navigation-menu': '^1.2.0',
  popover: '^1.0.7',
  progress: '^1.1.0',
  'radio-group': '^1.1.3',
  select: '^2.0.0',
  separator: '^1.0.3',
  slider: '^1.1.1',
  slot: '^1.1.0',
  switch: '^1.0.3',
  tabs: '^1.0.3',
  toast: '^1.1.5',
  toggle: '^1.1.0',
  'toggle-group': '^1.1.0',
  tooltip: '^1.2.8',
};

/** The dependencies of every React artifact; Sandpack's template adds react and react-dom. */
export const standardDependencies: Record<string, string> = {
  three: '^0.167.1',
  'lucide-react': '^0.394.0',
  'react-router-dom': '^6.11.2',
  'class-variance-authority': '^0.6.0',
  clsx: '^1.2.1',
  'date-fns': '^3.3.1',
  'tailwind-merge': '^2.6.1',
  'tailwindcss-animate': '^1.0.5',
  recharts: '2.12.7',
  'embla-carousel-react': '^8.2.0',
  'react-day-picker': '^9.0.8',
  'dat.gui': '^0.7.9',
  vaul: '^0.9.1',
  ...Object.fromEntries(
    Object.entries(radixRanges).map(([name, range]) => [`@radix-ui/react-${name}`, range]),
  ),
};

/** Mermaid diagrams, as LibreChat before 0.8.8 asked for them. */
export const mermaidDependencies: Record<string, string> = {
  mermaid: '^11.4.1',
  'react-zoom-pan-pinch': '^3.6.1',
  'class-variance-authority': '^0.6.0',
  clsx: '^1.2.1',
  'tailwind-merge': '^2.6.1',
  '@radix-ui/react-slot': '^1.1.0',
};

/** Markdown, as LibreChat asked for it before it moved to a static page. */
export const markdownDependencies: Record<string, string> = { 'marked-react': '^2.0.0' };

// File name under /components/ui → export of shadcnComponents. LibreChat leaves hover-card out.
const componentFiles = {
  'accordion.tsx': 'accordian',
  'alert-dialog.tsx': 'alertDialog',
  'alert.tsx': 'alert',
  'avatar.tsx': 'avatar',
  'badge.tsx': 'badge',
  'breadcrumb.tsx': 'breadcrumb',
  'button.tsx': 'button',
  'calendar.tsx': 'calendar',
  'card.tsx': 'card',
  'carousel.tsx': 'carousel',
  'checkbox.tsx': 'checkbox',
  'collapsible.tsx': 'collapsible',
  'dialog.tsx': 'dialog',
  'drawer.tsx': 'drawer',
  'dropdown-menu.tsx': 'dropdownMenu',
  'input.tsx': 'input',
  'label.tsx': 'label',
  'menubar.tsx': 'menuBar',
  'navigation-menu.tsx': 'navigationMenu',
  'pagination.tsx': 'pagination',
  'popover.tsx': 'popover',
  'progress.tsx': 'progress',
  'radio-group.tsx': 'radioGroup',
  'select.tsx': 'select',
  'separator.tsx': 'separator',
  'skeleton.tsx': 'skeleton',
  'slider.tsx': 'slider',
  'switch.tsx': 'switchComponent',
  'table.tsx': 'table',
  'tabs.tsx': 'tabs',
  'textarea.tsx': 'textarea',
  'toast.tsx': 'toast',
  'toaster.tsx': 'toaster',
  'toggle-group.tsx': 'toggleGroup',
  'toggle.tsx': 'toggle',
  'tooltip.tsx': 'tooltip',
  'use-toast.tsx': 'useToast',
} as const satisfies Record<string, keyof typeof shadcnComponents>;

/** The files LibreChat adds to every React artifact. */
export const sharedFiles: Record<string, string> = {
  '/lib/utils.ts': shadcnComponents.utils,
  ...Object.fromEntries(
    Object.entries(componentFiles).map(([file, name]) => [`/components/ui/${file}`, shadcnComponents[name]]),
  ),
  '/public/index.html': `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <title>Artifact</title>
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>
`,
};

/** Turns an artifact into the props that LibreChat would give to SandpackProvider. */
export function setupArtifact({ type, code, dependencies }: Artifact): SandpackSetup {
  const externalResources = [tailwindResource];
  if (type === 'application/vnd.react') {
    return {
      template: 'react-ts',
      entry: 'App.tsx',
      files: { 'App.tsx': code, ...sharedFiles },
      dependencies: dependencies ?? standardDependencies,
      externalResources,
    };
  }
  return {
    template: 'static',
    entry: 'index.html',
    files: { 'index.html': staticPage(type, code) },
    dependencies: dependencies ?? {},
    externalResources,
  };
}

function staticPage(type: Exclude<ArtifactType, 'application/vnd.react'>, code: string): string {
  switch (type) {
    case 'text/html':
      return code;
    case 'image/svg+xml':
      return svgPage(code);
    case 'text/markdown':
      return markdownPage(code);
  }
}

/** Guesses the type of pasted code the way a reader would: by how it starts and what it exports. */
export function detectArtifactType(code: string): ArtifactType {
  const start = code.trimStart();
  if (start.startsWith('<')) {
    return /^(<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!doctype svg[^>]*>\s*)*<svg[\s>]/i.test(start)
      ? 'image/svg+xml'
      : 'text/html';
  }
  if (start.startsWith('#')) return 'text/markdown';
  return /^(export|import)\s/m.test(start) ? 'application/vnd.react' : 'text/markdown';
}
