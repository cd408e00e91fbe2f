import { describe, expect, it, vi } from 'vitest';
import { sharedFiles } from '../../../../playground/librechat.ts';
import { PackageClient } from '../../../browser/react/package-client.ts';
import { findImports } from '../../../shared/imports.ts';
import { artifactSets, standardSets } from '../../../shared/standard-sets.ts';
import { libreChatFiles } from '../../sets/librechat-files.ts';
import { planPackages, planPage, planReactArtifact, planSet, planStandardSets } from './warm-plan.ts';

/** What a file imports, whatever it is. */
const importsOf = (code: string): string[] =>
  [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(([, name = '']) => name);

describe('What LibreChat sends', () => {
  it('is what the table of its files says', () => {
    const real = Object.entries(sharedFiles).filter(([path]) => /\.tsx?$/.test(path));
    const stated = Object.entries(libreChatFiles());
    const sorted = (files: [string, string][]) =>
      files.map(([path, code]) => [path, [...new Set(importsOf(code))].sort()]).sort();
    expect(sorted(stated.map(([path, { code }]) => [path, code]))).toEqual(sorted(real));
  });

  it('is asked for by the frame under the key that is warmed', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(new URL(address).searchParams.get('q') ?? '');
      return Response.json({ tree: '', contents: {} });
    });
    try {
      const dependencies = {
        ...standardSets['react-18'],
        'react-scripts': '^5.0.0',
        '@types/react': '^18.0.0',
      };
      await new PackageClient('https://preview.example.com/-/').manifest({
        dependencies,
        resolutions: {},
        imports: [],
      });
    } finally {
      vi.unstubAllGlobals();
    }
    expect(JSON.parse(asked[0] ?? '')).toEqual({ d: artifactSets['react-18'], r: {}, i: [] });
  });
});

describe('A plan', () => {
  it('of the standard sets has every direct dependency, and what is imported of it beside its main entry', () => {
    const { sets, files } = planStandardSets();
    expect(sets.map(({ name }) => name)).toEqual(['react-18', 'react-19', 'mermaid', 'markdown']);
    for (const { dependencies, specifiers } of sets)
      expect(specifiers).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(sets[0]?.specifiers).toEqual(
      expect.arrayContaining([
        'three/examples/jsm/controls/OrbitControls',
        'three/addons/loaders/GLTFLoader.js',
      ]),
    );
    expect(files).toContain('https://cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js');
  });

  it('of packages adds them to both React sets', () => {
    const sets = planPackages({ zod: '3', clay: 'latest' });
    expect(sets.map(({ name }) => name)).toEqual(['react-18 + zod@3 clay', 'react-19 + zod@3 clay']);
    expect(sets[0]).toMatchObject({
      dependencies: { ...artifactSets['react-18'], zod: '3', clay: 'latest' },
      added: ['zod', 'clay'],
      specifiers: ['zod', 'clay'],
    });
  });

  it('of an artifact follows LibreChat’s own files, and has its whole list of imports', () => {
    const code = `import { Button } from '/components/ui/button';\nimport { chart } from 'recharts';\nimport fs from 'fs';`;
    const [set] = planReactArtifact('a.tsx', code);
    const imports = [
      '@radix-ui/react-slot',
      'class-variance-authority',
      'clsx',
      'fs',
      'react',
      'react-dom/client',
      'recharts',
      'tailwind-merge',
    ];
    expect(set).toEqual({
      name: 'react-18',
      dependencies: artifactSets['react-18'],
      added: [],
      specifiers: imports,
      artifacts: [{ imports, declared: artifactSets['react-18'], files: expect.anything() }],
    });
    expect(set?.artifacts[0]?.files).toMatchObject({
      '/App.tsx': code,
      '/lib/utils.ts': `import 'clsx';\nimport 'tailwind-merge';`,
    });
  });

  it('of an artifact takes packages that the set lacks at their latest version', () => {
    const [set] = planReactArtifact('a.tsx', `import { z } from 'zod/v4'; import '@scope/clay/x.css';`);
    expect(set).toMatchObject({
      name: 'react-18 + @scope/clay zod (a.tsx)',
      dependencies: { zod: 'latest', '@scope/clay': 'latest', react: '^18.0.0' },
      added: ['@scope/clay', 'zod'],
    });
  });

  it('sees the imports that the frame sees', () => {
    const code = `import { Card } from '@/components/ui/card';\nexport default () => <Card />;`;
    const page = {
      ...Object.fromEntries(Object.entries(sharedFiles).map(([path, text]) => [path, { code: text }])),
      '/package.json': { code: '{"main":"/index.tsx"}' },
      '/index.tsx': {
        code: `import React from "react";\nimport { createRoot } from "react-dom/client";\nimport "./styles.css";\nimport App from "./App";`,
      },
      '/styles.css': { code: 'body { margin: 0 }' },
      '/App.tsx': { code },
    };
    expect(planReactArtifact('a.tsx', code)[0]?.artifacts[0]?.imports).toEqual(findImports(page));
  });

  it('of a page has what it loads, and not where it links to', () => {
    const page = `
      <script src="https://cdn.example.com/a.js?x=1&amp;y=2"></script><link rel="stylesheet" href='https://cdn.example.com/a.css'>
      <img alt="" src="https://img.example.com/a.png"><a href="https://example.com/">there</a>
      <script type="module">import x from "https://esm.example.com/x"; import("https://esm.example.com/y")</script>
      <script src="https://cdn.example.com/a.js?x=1&amp;y=2"></script>`;
    expect(planPage(page)).toEqual([
      'https://cdn.example.com/a.js?x=1&y=2',
      'https://cdn.example.com/a.css',
      'https://img.example.com/a.png',
      'https://esm.example.com/x',
      'https://esm.example.com/y',
    ]);
  });

  it('of a set without known subpaths has its packages', () => {
    expect(planSet('mine', { clay: '1' })).toEqual({
      name: 'mine',
      dependencies: { clay: '1' },
      added: [],
      specifiers: ['clay'],
      artifacts: [],
    });
  });
});
