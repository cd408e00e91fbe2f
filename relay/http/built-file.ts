// Browser code that the build compiled; surfaces read it once, when the relay starts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads a file that the build made.
 * @throws Error that names the file and the fix
 */
export function readBuilt(browserDir: string, name: string): string {
  const path = join(browserDir, name);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new Error(`Cannot read ${path}: the browser code is not built. Run "npm run build".`, { cause });
  }
}
