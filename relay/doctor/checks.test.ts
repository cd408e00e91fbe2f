// The table of checks: its ids, their order, and what they build on. test/integration/docs-parity.test.ts holds the docs to it.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Check, groups } from './check.ts';
import { checks } from './checks.ts';

describe('the table of checks', () => {
  it('has each id once, in kebab-case', () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('has every check of the folder checks/', async () => {
    const folder = join(import.meta.dirname, 'checks');
    const modules = await Promise.all((await readdir(folder)).map((file) => import(join(folder, file))));
    const written = modules.flatMap((module) => Object.values(module as Record<string, Check>));
    expect(written.map(({ id }) => id).sort()).toEqual(checks.map(({ id }) => id).sort());
  });

  it('keeps groups together, in their order', () => {
    const order = checks.map(({ group }) => groups.indexOf(group));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('needs and yields to checks that are there', () => {
    const ids = new Set(checks.map(({ id }) => id));
    for (const { needs = [], yieldsTo = [] } of checks)
      for (const id of [...needs, ...yieldsTo]) expect(ids).toContain(id);
  });

  it('says what each check looks at, and how to fix what it finds', () => {
    for (const { looksAt, fix } of checks)
      for (const text of [looksAt, fix]) expect(text).toMatch(/^\S.*[^.\s]$/);
  });
});
