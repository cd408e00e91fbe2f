// What LibreChat hands to Sandpack for an artifact: template, files, dependencies, external resources.
// Pure; the playground, the tests and the benchmarks all build their requests here.
import { shadcnComponents } from 'librechat-data-provider';
import { artifactDependencies } from '../relay/shared/standard-sets.ts';
import { markdownPage, svgPage } from '../relay/shared/static-page.ts';

export type ArtifactType = 'application/vnd.react' | 'text/html' | 'image/svg+xml' | 'text/markdown';

export interface Artifact {
  type: ArtifactType;
  code: string;
  title?: string;
  /** npm name → range. Replaces the set that the type would bring. */
  dependencies?: Record<string, string>;
  /** A React artifact's files beside `/App.tsx`, by absolute path; LibreChat itself gives none but the shared ones. */
  files?: Record<string, string>;
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
  /** Whether what is open can be published here. */
  canPublish?: boolean;
}

export const tailwindResource = 'https://cdn.tailwindcss.com/3.4.17#tailwind.js';

/** What LibreChat gives every React artifact; Sandpack's template adds react and react-dom. */
export const standardDependencies: Record<string, string> = { ...artifactDependencies };

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
export function setupArtifact({ type, code, dependencies, files }: Artifact): SandpackSetup {
  const externalResources = [tailwindResource];
  if (type === 'application/vnd.react') {
    return {
      template: 'react-ts',
      entry: 'App.tsx',
      files: { 'App.tsx': code, ...sharedFiles, ...files },
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
