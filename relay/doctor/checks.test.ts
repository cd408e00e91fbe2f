// The table of checks, and the documentation that is held to it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { groups } from './check.ts';
import { checks } from './checks.ts';

const page = join(import.meta.dirname, '../../docs/deployment/doctor.md');

/** The table as docs/deployment/doctor.md has to show it. */
function table(): string {
  const rows = checks.map(
    ({ id, group, looksAt }) =>
      `| \`${id}\` | ${group} | ${looksAt.replaceAll('|', '\\|').replaceAll('<', '\\<')} |`,
  );
  return ['| Check | Group | What is looked at |', '| --- | --- | --- |', ...rows].join('\n');
}

describe('the table of checks', () => {
  it('has each id once, in kebab-case', () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
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

  it('is what docs/deployment/doctor.md shows', async () => {
    expect(await readFile(page, 'utf8'), `Put this table into ${page}:\n${table()}`).toContain(
      `\n${table()}\n`,
    );
  });
});
