import { describe, expect, it } from 'vitest';
import { setupArtifact } from '../../../../playground/librechat.ts';
import { samples } from '../../../../playground/samples.ts';
import { ArtifactCompiler } from '../../../compile/compile-artifact.ts';
import { compileWithNeeds } from '../../../compile/package-needs.ts';
import { declaredIn, formatSetQuery, installed, type SetRequest, setOf } from '../../../shared/set-query.ts';
import { artifactSets } from '../../../shared/standard-sets.ts';
import { planFirst } from './first-plan.ts';

/** The files that the frame gets when the playground opens an artifact; `react` is the template's own range. */
function posted(sample: (typeof samples)[number], react: string): Record<string, { code: string }> {
  const { files, dependencies } = setupArtifact(sample);
  const modules = Object.entries(files).map(([path, code]) => [path.replace(/^\/?/, '/'), { code }]);
  const packageJson = {
    main: '/index.tsx',
    dependencies: { ...dependencies, react, 'react-dom': react, 'react-scripts': '^5.0.0' },
  };
  const index = `import React, { StrictMode } from "react"; import { createRoot } from "react-dom/client"; import App from "./App";
createRoot(document.getElementById("root")).render(<StrictMode><App /></StrictMode>);`;
  return {
    ...Object.fromEntries(modules),
    '/index.tsx': { code: index },
    '/package.json': { code: JSON.stringify(packageJson) },
  };
}

/** What the bundler's page asks for then. */
function asked(...artifact: Parameters<typeof posted>): string {
  const set = setOf(posted(...artifact));
  return set ? formatSetQuery(set) : '';
}

/** What packages the relay answers with, where the native engine shows it. */
async function linkedFor(...artifact: Parameters<typeof posted>): Promise<SetRequest> {
  const files = Object.entries(posted(...artifact)).map(([path, { code }]) => [path, code]);
  const sources: Record<string, string> = Object.fromEntries(files);
  const declared = declaredIn(sources['/package.json'] ?? '');
  return (await compileWithNeeds(new ArtifactCompiler(), sources, { declared })).set;
}

describe('What is prepared first', () => {
  const plan = planFirst(samples, 'bundler');
  const queries = plan.flatMap((step) => ('set' in step ? formatSetQuery(step.set) : []));
  const react = samples.filter(({ type }) => type === 'application/vnd.react');

  it('is Tailwind’s script, then exactly what the frame asks for when the playground is opened', () => {
    expect(plan[0]).toEqual({ file: 'https://cdn.tailwindcss.com/3.4.17' });
    expect(queries[0]).toBe(asked(samples[0] as (typeof samples)[number], '^18.0.0'));
  });

  it('has the sets of every React sample, for both clients', () => {
    for (const sample of react)
      for (const range of ['^18.0.0', '^19.0.0']) expect(queries, sample.id).toContain(asked(sample, range));
  });

  it('has nothing twice, and the script of Markdown pages', () => {
    expect(new Set(plan.map((step) => JSON.stringify(step))).size).toBe(plan.length);
    expect(plan).toContainEqual({ file: 'https://cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js' });
  });

  it('is LibreChat’s own components for both clients where there is no playground', () => {
    const sets = planFirst([], 'bundler').flatMap((step) => ('set' in step ? [step.set] : []));
    expect(sets.map(({ dependencies }) => dependencies.react)).toEqual(['^18.0.0', '^19.0.0']);
    for (const { imports } of sets)
      expect(imports).toEqual(expect.arrayContaining(['@radix-ui/react-select', 'clsx', 'vaul']));
  });
});

describe('What is prepared first for the native engine', () => {
  const plan = planFirst(samples, 'native');
  const react = samples.filter(({ type }) => type === 'application/vnd.react');
  const needsOf = async (steps: typeof plan): Promise<string[]> => {
    const artifacts = steps.flatMap((step) => ('artifact' in step ? [step.artifact] : []));
    return Promise.all(
      artifacts.map(async ({ files, declared }) =>
        JSON.stringify((await compileWithNeeds(new ArtifactCompiler(), { ...files }, { declared })).set),
      ),
    );
  };

  it('is what an answer to each React sample needs, for both clients', async () => {
    const needs = await needsOf(plan);
    expect(plan[0]).toEqual({ file: 'https://cdn.tailwindcss.com/3.4.17' });
    expect(needs[0]).toBe(JSON.stringify(await linkedFor(react[0] as (typeof samples)[number], '^18.0.0')));
    for (const sample of react)
      for (const range of ['^18.0.0', '^19.0.0'])
        expect(needs, sample.id).toContain(JSON.stringify(await linkedFor(sample, range)));
    expect(plan.filter((step) => 'set' in step)).toEqual([]);
  });

  it('is an artifact without packages, and packs of all that LibreChat declares, where there is no playground', async () => {
    const steps = planFirst([], 'native');
    const bases = ['react-18', 'react-19'] as const;
    const imports = ['react', 'react-dom/client', 'react/jsx-runtime'];
    expect(await needsOf(steps)).toEqual(
      bases.map((base) =>
        JSON.stringify({ dependencies: installed(artifactSets[base]), resolutions: {}, imports }),
      ),
    );
    const packs = steps.flatMap((step) => ('packs' in step ? [step.packs] : []));
    expect(packs.map(({ imports }) => imports)).toEqual(bases.map((base) => Object.keys(artifactSets[base])));
  });
});
