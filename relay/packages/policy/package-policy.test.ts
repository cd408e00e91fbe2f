import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PackageError } from '../base/package-error.ts';
import type { Packument } from '../npm/packument.ts';
import type { DependencyTree } from '../tree/dependency-tree.ts';
import { parsePackagePatterns } from './package-pattern.ts';
import { openPolicy, PackagePolicy } from './package-policy.ts';

const day = 86_400_000;
const now = new Date('2026-05-10T12:00:00Z');

function policy(
  rules: { allow?: string; deny?: string; minReleaseAgeMs?: number; maxTreePackages?: number } = {},
) {
  const { allow = '', deny = '', ...more } = rules;
  return new PackagePolicy({
    ...openPolicy,
    ...more,
    allow: parsePackagePatterns(allow),
    deny: parsePackagePatterns(deny),
  });
}

/** A packument whose versions were published so many days ago. */
function packument(name: string, ages: Record<string, number>, tags: Record<string, string>): Packument {
  const entries = Object.keys(ages).map((version) => [
    version,
    { name, version, dist: { tarball: 'http://registry.example/x.tgz' } },
  ]);
  const time = Object.entries(ages).map(([version, age]) => [
    version,
    new Date(now.getTime() - age * day).toISOString(),
  ]);
  return {
    name,
    'dist-tags': tags,
    versions: Object.fromEntries(entries),
    time: Object.fromEntries(time),
  };
}

/** A tree of `name@version` → names of dependencies; the first is the root's. */
function tree(packages: Record<string, string[]>): DependencyTree {
  const nodes = Object.entries(packages).map(([spec, wanted]) => {
    const [name = '', version = ''] = spec.split('@');
    const dependencies = Object.fromEntries(wanted.map((next) => [next, next]));
    return [name, { key: name, name, packageName: name, version, dependencies }] as const;
  });
  const first = nodes[0]?.[0] ?? '';
  return { id: '', root: { [first]: first }, nodes: Object.fromEntries(nodes) };
}

function errorOf(work: () => unknown): PackageError {
  try {
    work();
  } catch (error) {
    if (error instanceof PackageError) return error;
  }
  throw new Error('no PackageError was thrown');
}

const pad = packument(
  'pad',
  { '1.0.0': 100, '1.1.0': 10, '1.2.0': 2.5, '2.0.0-beta.1': 1 },
  { latest: '1.2.0', next: '2.0.0-beta.1', old: '1.0.0' },
);

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }));
afterEach(() => void vi.useRealTimers());

describe('without rules', () => {
  test('everything is as it is', () => {
    expect(policy().view(pad)).toBe(pad);
    policy().checkName('pad');
    policy().checkAsked('pad');
    policy().checkTree(tree({ 'pad@1.0.0': [] }));
  });
});

describe('denied packages', () => {
  test('a name is denied with every version', () => {
    const error = errorOf(() => policy({ deny: 'pad' }).view(pad));
    expect(error).toMatchObject({ code: 'PACKAGE_DENIED', status: 403, packageName: 'pad' });
    expect(error.message).toBe('pad may not be used here: PACKAGES_DENY forbids it.');
    expect(error.remedy).toContain('PACKAGES_DENY');
  });

  test('of a range, other versions are left, and tags move to them', () => {
    const view = policy({ deny: 'pad@1.2.0||>=2.0.0-0' }).view(pad);
    expect(Object.keys(view.versions)).toEqual(['1.0.0', '1.1.0']);
    expect(view['dist-tags']).toEqual({ latest: '1.1.0', next: '1.1.0', old: '1.0.0' });
    expect(Object.keys(pad.versions)).toHaveLength(4);
  });

  test('a tag with nothing left below it is gone', () => {
    expect(policy({ deny: 'pad@<1.1' }).view(pad)['dist-tags']).toEqual({
      latest: '1.2.0',
      next: '2.0.0-beta.1',
    });
  });

  test('in a tree are named with the package that needs them', () => {
    const error = errorOf(() =>
      policy({ deny: 'evil@1' }).checkTree(tree({ 'a@1.0.0': ['b'], 'b@1.0.0': ['evil'], 'evil@1.0.0': [] })),
    );
    expect(error.message).toBe('evil@1.0.0 may not be used here (required by b): PACKAGES_DENY forbids it.');
  });

  test('win over the list of allowed ones', () => {
    const both = policy({ allow: 'pad', deny: 'pad' });
    both.checkAsked('pad');
    expect(errorOf(() => both.checkName('pad')).code).toBe('PACKAGE_DENIED');
  });
});

describe('allowed packages', () => {
  test('nothing else may be asked for', () => {
    const rules = policy({ allow: 'react@^18 @acme/*' });
    rules.checkAsked('react');
    rules.checkAsked('react', '18.3.1');
    rules.checkAsked('@acme/x', '1.0.0');
    expect(errorOf(() => rules.checkAsked('react', '19.0.0')).message).toBe(
      'react@19.0.0 may not be used here: PACKAGES_ALLOW forbids it.',
    );
    expect(errorOf(() => rules.checkAsked('vue'))).toMatchObject({ code: 'PACKAGE_DENIED', status: 403 });
  });
});

describe('young versions', () => {
  let careful: PackagePolicy;
  beforeEach(() => {
    careful = policy({ minReleaseAgeMs: 3 * day });
  });

  test('are not picked, and tags move below them', () => {
    const view = careful.view(pad);
    expect(Object.keys(view.versions)).toEqual(['1.0.0', '1.1.0']);
    expect(view['dist-tags'].latest).toBe('1.1.0');
  });

  test('grow old while the relay runs', () => {
    expect(careful.view(pad)).toBe(careful.view(pad));
    vi.setSystemTime(now.getTime() + 0.6 * day);
    expect(Object.keys(careful.view(pad).versions)).toContain('1.2.0');
    vi.setSystemTime(now.getTime() + 3 * day);
    expect(careful.view(pad)).toBe(pad);
  });

  test('without a publishing time count as old', () => {
    const { time: _, ...timeless } = pad;
    expect(careful.view(timeless)).toBe(timeless);
  });

  test.each(['1.2.0', '^1.2.0', '>1.1.0'])('asked for as %s, the error says so', (range) => {
    const notFound = new PackageError('VERSION_NOT_FOUND', { packageName: 'pad', range, requiredBy: 'b' });
    const explained = careful.explain(notFound, careful.view(pad)) as PackageError;
    expect(explained).toMatchObject({ code: 'VERSION_TOO_YOUNG', status: 404 });
    expect(explained.message).toBe(
      'pad@1.2.0 was published too recently (required by b): versions are used once they are 3 days old.',
    );
    expect(explained.remedy).toContain('MIN_RELEASE_AGE');
  });

  test('do not explain what never existed', () => {
    const notFound = new PackageError('VERSION_NOT_FOUND', { packageName: 'pad', range: '^9' });
    expect(careful.explain(notFound, careful.view(pad))).toBe(notFound);
    expect(careful.explain('anything', careful.view(pad))).toBe('anything');
  });

  test('a denied version is explained as denied', () => {
    const rules = policy({ deny: 'pad@1.2.0' });
    const notFound = new PackageError('VERSION_NOT_FOUND', { packageName: 'pad', range: '^1.2.0' });
    expect((rules.explain(notFound, rules.view(pad)) as PackageError).message).toBe(
      'pad@1.2.0 may not be used here: PACKAGES_DENY forbids it.',
    );
  });
});

test('a tree has its limit', () => {
  const two = tree({ 'a@1.0.0': ['b'], 'b@1.0.0': [] });
  policy({ maxTreePackages: 2 }).checkTree(two);
  expect(errorOf(() => policy({ maxTreePackages: 1 }).checkTree(two))).toMatchObject({
    code: 'TREE_TOO_LARGE',
    status: 413,
    message: 'The dependencies need too many packages (more than 1).',
  });
});
