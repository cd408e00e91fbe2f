import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../test/registry/temporary-folder.ts';
import { planSet } from '../packages/upkeep/warm/warm-plan.ts';
import { artifactSets } from '../shared/standard-sets.ts';
import { planTargets } from './warm-targets.ts';

const base = { sets: [planSet('studio', { paint: '1' })], files: ['https://unpkg.com/paint'] };

async function makeFile(name: string, text: string): Promise<string> {
  const file = join(await makeTemporaryFolder(), name);
  await writeFile(file, text);
  return file;
}

describe('Targets', () => {
  it('are added to the standard sets, or take their place', async () => {
    expect(await planTargets([], { standard: true, base })).toEqual(base);
    expect(await planTargets([], { standard: false, base })).toEqual({ sets: [], files: [] });
    expect(await planTargets([], { standard: true, sets: ['studio'], base })).toEqual({ ...base, files: [] });
    await expect(planTargets([], { standard: true, sets: ['x'], base })).rejects.toThrow(
      'There is no set “x”; LibreChat’s are studio.',
    );
  });

  it('are packages of any name and range', async () => {
    const { sets } = await planTargets(['zod@3', '@scope/clay', 'three.js@1'], { standard: false, base });
    expect(sets[0]?.dependencies).toEqual({
      ...artifactSets['react-18'],
      zod: '3',
      '@scope/clay': 'latest',
      'three.js': '1',
    });
  });

  it.each([
    ['packages.txt', '# mine\nzod@3  # for forms\n\n@scope/clay\n'],
    ['package.json', '{"dependencies":{"zod":"3","@scope/clay":"latest"}}'],
  ])('can stand in %s', async (name, text) => {
    const packagesFile = await makeFile(name, text);
    const { sets } = await planTargets([], { standard: false, packagesFile, base });
    expect(sets[0]?.added).toEqual(['zod', '@scope/clay']);
  });

  it('are addresses, and the files of artifacts', async () => {
    const page = await makeFile('page.html', '<script src="https://unpkg.com/clay"></script>');
    const artifact = await makeFile('a.tsx', "import 'recharts';");
    const { sets, files } = await planTargets([page, artifact, 'https://unpkg.com/x'], {
      standard: false,
      base,
    });
    expect(files).toEqual(['https://unpkg.com/clay', 'https://unpkg.com/x']);
    expect(sets.map(({ name, artifacts }) => [name, artifacts.map(({ imports }) => imports)])).toEqual([
      ['react-18', [['react', 'react-dom/client', 'recharts']]],
      ['react-19', [['react', 'react-dom/client', 'recharts']]],
    ]);
  });

  it('with the same dependencies are one set', async () => {
    const [one, two] = [await makeFile('a.tsx', "import 'vaul';"), await makeFile('b.tsx', "import 'clsx';")];
    const { sets } = await planTargets([one, two], { standard: false, base });
    expect(sets.map(({ artifacts }) => artifacts.length)).toEqual([2, 2]);
    expect(sets[0]?.specifiers).toEqual(['react', 'react-dom/client', 'vaul', 'clsx']);
  });

  it.each(['../x', 'a b', 'git+ssh://host/x', 'zod@git+ssh://host/x', 'gone.html'])(
    'like “%s” are refused',
    async (target) => {
      await expect(planTargets([target], { standard: false, base })).rejects.toThrow(target);
    },
  );
});
