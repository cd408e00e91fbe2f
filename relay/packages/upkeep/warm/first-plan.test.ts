import { describe, expect, it } from 'vitest';
import { setupArtifact } from '../../../../playground/librechat.ts';
import { samples } from '../../../../playground/samples.ts';
import { formatSetQuery, setOf } from '../../../shared/set-query.ts';
import { planFirst } from './first-plan.ts';

/** What the frame asks for when the playground opens an artifact; `react` is the template's own range. */
function asked(sample: (typeof samples)[number], react: string): string {
  const { files, dependencies } = setupArtifact(sample);
  const modules = Object.entries(files).map(([path, code]) => [path.replace(/^\/?/, '/'), { code }]);
  const packageJson = {
    main: '/index.tsx',
    dependencies: { ...dependencies, react, 'react-dom': react, 'react-scripts': '^5.0.0' },
  };
  const index =
    'import React from "react"; import { createRoot } from "react-dom/client"; import App from "./App";';
  const set = setOf({
    ...Object.fromEntries(modules),
    '/index.tsx': { code: index },
    '/package.json': { code: JSON.stringify(packageJson) },
  });
  return set ? formatSetQuery(set) : '';
}

describe('What is prepared first', () => {
  const plan = planFirst(samples);
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
    const sets = planFirst([]).flatMap((step) => ('set' in step ? [step.set] : []));
    expect(sets.map(({ dependencies }) => dependencies.react)).toEqual(['^18.0.0', '^19.0.0']);
    for (const { imports } of sets)
      expect(imports).toEqual(expect.arrayContaining(['@radix-ui/react-select', 'clsx', 'vaul']));
  });
});
