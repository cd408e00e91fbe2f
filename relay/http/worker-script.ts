// Service workers as they are served: a built file with its configuration in front.
import { innerGlobal, innerRealmFile, type MirrorConfig, mirrorGlobal } from '../shared/mirror-config.ts';
import { readBuilt } from './built-file.ts';
import { jsonForScript } from './page-cache.ts';

/** @param name the built file in `browserDir` */
export function renderWorker(browserDir: string, name: string, config: MirrorConfig): string {
  const inner = jsonForScript(readBuilt(browserDir, innerRealmFile));
  return `self.${innerGlobal}=${inner};self.${mirrorGlobal}=${jsonForScript(config)};${readBuilt(browserDir, name)}`;
}
