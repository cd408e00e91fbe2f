// Service workers as they are served: a built file with its configuration in front.
import { innerGlobal, innerRealmFile, type MirrorConfig, mirrorGlobal } from '../shared/mirror-config.ts';
import { readBuilt } from './built-file.ts';
import { jsonForScript } from './page-cache.ts';

/** @param name the built file in `browserDir` */
export function renderWorker(browserDir: string, name: string, config: MirrorConfig): string {
  return `self.${mirrorGlobal}=${jsonForScript(config)};${readBuilt(browserDir, name)}`;
}

/** The same for one that answers documents, which get the script for what is made within them. */
export function renderDocumentWorker(browserDir: string, name: string, config: MirrorConfig): string {
  const inner = jsonForScript(readBuilt(browserDir, innerRealmFile));
  return `self.${innerGlobal}=${inner};${renderWorker(browserDir, name, config)}`;
}
