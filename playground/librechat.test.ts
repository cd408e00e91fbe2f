import { shadcnComponents } from 'librechat-data-provider';
import { describe, expect, it } from 'vitest';
import { markdownPage, markedScript, svgPage } from '../relay/shared/static-page.ts';
import {
  detectArtifactType,
  setupArtifact,
  sharedFiles,
  standardDependencies,
  tailwindResource,
} from './librechat.ts';

describe('setupArtifact', () => {
  it('gives a React artifact the shared files, the standard set and Tailwind', () => {
    const setup = setupArtifact({ type: 'application/vnd.react', code: 'export default () => null' });
    expect(setup.template).toBe('react-ts');
    expect(setup.files['App.tsx']).toBe('export default () => null');
    expect(setup.files['/lib/utils.ts']).toContain('twMerge');
    expect(setup.files['/public/index.html']).toContain('<div id="root"></div>');
    expect(setup.dependencies).toBe(standardDependencies);
    expect(setup.externalResources).toEqual([tailwindResource]);
  });

  it('replaces the standard set when the artifact brings its own', () => {
    const setup = setupArtifact({ type: 'application/vnd.react', code: '', dependencies: { ms: '2.1.3' } });
    expect(setup.dependencies).toEqual({ ms: '2.1.3' });
  });

  it('adds the files that an artifact brings, also in place of shared ones', () => {
    const files = { '/data.json': '[1]', '/lib/utils.ts': 'export const cn = 1;' };
    const setup = setupArtifact({ type: 'application/vnd.react', code: '', files });
    expect(setup.files).toMatchObject(files);
    expect(setup.files['/components/ui/button.tsx']).toContain('buttonVariants');
  });

  it('leaves HTML as the model wrote it', () => {
    const setup = setupArtifact({ type: 'text/html', code: '<p>hello</p>' });
    expect(setup).toEqual({
      template: 'static',
      entry: 'index.html',
      files: { 'index.html': '<p>hello</p>' },
      dependencies: {},
      externalResources: [tailwindResource],
    });
  });
});

describe('sharedFiles', () => {
  it('has a source for every file and uses every component but hover-card', () => {
    expect(Object.values(sharedFiles).every((code) => typeof code === 'string' && code.length > 0)).toBe(
      true,
    );
    const used = new Set(Object.values(sharedFiles));
    const unused = Object.entries(shadcnComponents).filter(([, code]) => !used.has(code));
    expect(unused.map(([name]) => name)).toEqual(['hoverCard']);
  });

  it('resolves every relative import between shared files', () => {
    for (const [path, code] of Object.entries(sharedFiles)) {
      for (const [, target] of code.matchAll(/from ["'](\.[^"']+)["']/g)) {
        const resolved = new URL(target as string, `file://${path}`).pathname;
        expect(
          [`${resolved}.tsx`, `${resolved}.ts`].some((file) => file in sharedFiles),
          `${path} → ${target}`,
        ).toBe(true);
      }
    }
  });

  it('imports no package outside the standard set', () => {
    for (const [path, code] of Object.entries(sharedFiles)) {
      for (const [, name] of code.matchAll(/from ["']([^."'/][^"']*)["']/g)) {
        expect(name === 'react' || (name as string) in standardDependencies, `${path} imports ${name}`).toBe(
          true,
        );
      }
    }
  });
});

describe('static pages', () => {
  it('keeps a closing script tag in Markdown from ending the page', () => {
    const page = markdownPage('before </script><script>alert(1)</script> after');
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).toContain(
      `src="${markedScript.src}" integrity="${markedScript.integrity}" crossorigin="anonymous"`,
    );
  });

  it('drops the XML prolog and doctype of an SVG', () => {
    const page = svgPage('<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg viewBox="0 0 1 1"></svg>');
    expect(page).toContain('<body>\n<svg viewBox="0 0 1 1"></svg>\n</body>');
  });
});

describe('detectArtifactType', () => {
  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'image/svg+xml'],
    ['<?xml version="1.0"?>\n<svg></svg>', 'image/svg+xml'],
    ['<!DOCTYPE html>\n<html></html>', 'text/html'],
    ['<div class="x">export default</div>', 'text/html'],
    ["import { useState } from 'react';\nexport default function App() {}", 'application/vnd.react'],
    ['const App = () => <p/>;\nexport default App;', 'application/vnd.react'],
    ['# Notes\n\nUse `export default` here.', 'text/markdown'],
    ['Just words.', 'text/markdown'],
  ])('%j is %s', (code, type) => {
    expect(detectArtifactType(code)).toBe(type);
  });
});
