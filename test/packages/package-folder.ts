// Fixture packages: written to disk as a registry's tarball would leave them.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackageFolder } from '../../relay/packages/sources/entry-points.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';

/**
 * Writes a package; it is removed when the running test ends.
 * @param fields package.json beside name and version
 * @param files content by path
 */
export async function writePackage(
  fields: Record<string, unknown>,
  files: Record<string, string>,
  name = 'fixture',
): Promise<PackageFolder> {
  const dir = await makeTemporaryFolder();
  const packageJson = { name, version: '1.0.0', ...fields };
  for (const [path, content] of Object.entries({ ...files, 'package.json': JSON.stringify(packageJson) })) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  return { dir, packageJson };
}
