import { expect, it } from 'vitest';
import { runArtifact } from './artifact-runner.ts';

async function register(files: Record<string, string>) {
  const names: string[] = [];
  const keys = new Map<unknown, { key: string; hooks: unknown[] }>();
  const memo = (type: unknown) => ({ $$typeof: Symbol.for('react.memo'), type });
  const exports = await runArtifact(files, {
    refresh: true,
    packages: {
      react: { memo, useState: () => [0], useRef: () => ({}) },
      'react/jsx-runtime': { jsx: () => ({}) },
    },
    register: (_, name) => names.push(name),
    signature: () => (type, key, _reset, hooks) => {
      if (type !== undefined) keys.set(type, { key: String(key), hooks: (hooks as () => unknown[])() });
    },
  });
  return { names, keys, exports };
}

it('registers components at the top level by name', async () => {
  const { names } = await register({
    '/index.tsx': `import React, { memo } from 'react'; import { Other } from './other';
      export function A() { const Inner = () => null; return <Inner />; }
      export const B = () => <Other />, C = memo(() => null); class D {} const E = { a: 1 }, lower = () => null; export { D, E, lower };
      export default () => null`,
    '/other.tsx': 'export default function Named() { return null; } export const Other = Named;',
  });
  expect(names).toEqual(['Named', 'Other', 'A', 'B', 'C', 'D']);
});

it('signs components and hooks with the hooks that each calls', async () => {
  const { keys, exports } = await register({
    '/index.tsx': `import * as React from 'react'; import { useOther } from './hooks';
      function useOwn() { return React.useRef(null); }
      export function A() { const [a] = React.useState(1); useOwn(); useOther(); return null; } export function B() { return null; } export { useOwn, useOther };`,
    '/hooks.ts': "import { useState } from 'react'; export const useOther = () => useState(2);",
  });
  expect(keys.get(exports.A)?.key.split('\n')).toEqual(['useState(1)', 'useOwn', 'useOther']);
  expect(keys.get(exports.A)?.hooks).toEqual([expect.any(Function), exports.useOwn, exports.useOther]);
  expect(keys.get(exports.B)?.key).toBe('');
  expect(keys.get(exports.useOther)).toEqual({ key: 'useState(2)', hooks: [expect.any(Function)] });
});

it('signs a component alike when only what its hooks do has changed', async () => {
  const key = async (effect: string, start: string) => {
    const { keys, exports } = await register({
      '/index.tsx': `import { useEffect, useReducer } from 'react';
        export function A() { useEffect(() => { ${effect} }); useReducer((n) => n + 1, ${start}); return null; }`,
    });
    return keys.get(exports.A)?.key;
  };
  expect(await key('one()', '0')).toBe(await key('another()', '0'));
  expect(await key('one()', '0')).not.toBe(await key('one()', '1'));
});

it('calls nothing to find a hook', async () => {
  const { exports } = await register({
    '/index.tsx': `export let calls = 0; const made = () => { calls += 1; return { useIt: () => 1 }; };
      export function A() { return made().useIt(); }`,
  });
  expect(exports.calls).toBe(0);
});
