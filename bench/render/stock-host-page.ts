// The stock path's host page: the playground as the kit serves it, with nothing but the bundler's address different.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { createControl } from '../../relay/surfaces/control/control.ts';
import { listenOn } from './listen-on.ts';

/** @returns its address */
export async function startHostPage(options: { distDir: string; bundlerUrl: string }): Promise<string> {
  const server = createServer(
    createControl({
      playgroundDir: join(options.distDir, 'playground'),
      playground: true,
      previewUrl: () => options.bundlerUrl,
      log: pino({ level: 'silent' }),
    }),
  );
  return `http://localhost:${await listenOn(server)}`;
}
