#!/usr/bin/env node
// `npm run share`: publishes files from this machine, manages pages, and makes the tokens by which others publish.
// The only part that reads arguments, environment and files; what is done is in share-run.ts.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Config } from '../config.ts';
import { openPackageEngine } from '../configured-engine.ts';
import { configuredShares } from '../configured-shares.ts';
import { type Flag, UsageError } from '../flags.ts';
import type { PackageEngine } from '../packages/engine.ts';
import { loadNpmOptions } from '../packages/npm/npm-config.ts';
import { backupState } from '../state/state-backup.ts';
import { managedAt } from '../surfaces/api.ts';
import { Progress } from '../terminal/progress.ts';
import { commandHelp, readCommandLine, runCommand } from './command-line.ts';
import { progressLog } from './progress-log.ts';
import { writeDomainServer } from './share-domain.ts';
import { runShare } from './share-run.ts';
import { tryDataFolder } from './writable.ts';

const flags: Record<string, Flag> = {
  title: { type: 'string', form: 'text', help: 'What the page is called. Default: the file’s name.' },
  name: {
    type: 'string',
    form: 'name',
    help: 'First part of the address. Default: made from the title, not to be guessed.',
  },
  visibility: {
    type: 'string',
    form: 'public | private | password | signed-in',
    help: 'Who may see it. Default: private, by a link with a token.',
  },
  password: { type: 'string', form: 'text', help: 'The password, with --visibility password.' },
  days: { type: 'string', form: 'number', help: 'Days until nobody can open it, or until a token ends.' },
  entry: { type: 'string', form: 'file', help: 'The file that the address shows. Default: index.html.' },
  publisher: { type: 'string', form: 'text', help: 'A name that visitors see as the publisher’s.' },
  'no-bar': { type: 'boolean', help: 'No bar with title and “Report” above the page.' },
  owner: {
    type: 'string',
    form: 'user',
    help: 'Whose pages are meant: a user’s id in LibreChat. Default: operator.',
  },
  label: { type: 'string', form: 'text', help: 'What a token is for.' },
  scopes: {
    type: 'string',
    form: 'scopes',
    help: 'What a token may do: shares:read, shares:write, operator. Default: shares:read,shares:write.',
  },
  'for-users': {
    type: 'boolean',
    help: 'The token acts for whom its user says, in the header X-User-Id: LibreChat’s own.',
  },
  help: { type: 'boolean', help: 'Show this help.' },
};

const usage = `
Usage: npm run share -- [flags] <file or folder …>     publish files: HTML, SVG, Markdown, Mermaid, a zip archive, a folder
       npm run share -- update <name> <file or folder …>
       npm run share -- list
       npm run share -- show <name>                    with views, markup for other sites, and a QR code
       npm run share -- manage                         a link to the page where pages are managed; with --owner, to somebody else’s
       npm run share -- reports                        what visitors reported; reports close <id> when it is done
       npm run share -- link <name>                    make one more link to a private page
       npm run share -- revoke <name>                  all links to it stop working
       npm run share -- unpublish|republish|delete|restore <name>
       npm run share -- disable|enable <name>          the operator’s switch, whoever’s page it is
       npm run share -- log [<name>]                   who did what, to all pages or to one
       npm run share -- token create|list|revoke       tokens for the API and the MCP server
       npm run share -- domain add|remove <name> <domain>   show a page at a domain of your own, too
       npm run share -- domain list                    all of them, with the pages that they show
       npm run share -- domain nginx <domain>          write nginx’s server for it to deploy/nginx
       npm run share -- backup <folder>                copy all pages while the relay runs`;

/** Needs no state that is open, and changes none: it also copies what an older or newer kit wrote. */
async function backup([folder, ...rest]: string[], config: Config): Promise<number> {
  if (folder === undefined || rest.length > 0) throw new UsageError('Name one folder for the backup.');
  const { hasDatabase, files } = await backupState({ dataDir: config.dataDir, folder: resolve(folder) });
  process.stdout.write(`${files} files${hasDatabase ? ' and the database' : ''} are in ${folder}.\n`);
  if (config.databaseUrl !== '')
    process.stdout.write('The database is in PostgreSQL: save it with pg_dump before the files.\n');
  return 0;
}

await runCommand('share', async () => {
  const { positionals, values, config } = readCommandLine(process.argv.slice(2), flags, process.env);
  if (values.help || positionals.length === 0) {
    process.stdout.write(commandHelp(usage, flags));
    return values.help ? 0 : 1;
  }
  if (positionals[0] === 'backup') {
    await tryDataFolder(config.dataDir);
    return backup(positionals.slice(1), config);
  }
  const progress = new Progress(process.stdout);
  const names = {
    hostname: config.hostname,
    apiHostnames: [config.apiHostname, ...config.apiAliases],
    embedOrigins: config.embedOrigins,
  };
  if (positionals[0] === 'domain' && positionals[1] === 'nginx')
    return writeDomainServer(positionals[2], {
      folder: process.cwd(),
      say: (line) => progress.line(line),
      names,
    });
  await tryDataFolder(config.dataDir);
  let engine: PackageEngine | undefined;
  // This process has no listener to take pictures of; the relay takes them when they are asked for.
  const shares = configuredShares(
    { ...config, sharePictures: 'off' },
    {
      browserDir: fileURLToPath(new URL('../../browser', import.meta.url)),
      engine: async () => {
        engine = await openPackageEngine({
          config,
          npm: await loadNpmOptions({ cwd: process.cwd(), env: process.env }),
          log: progressLog(progress),
        });
        return engine;
      },
      relay: () => ({ address: config.bind, port: config.port }),
      log: pino({ level: 'silent' }),
      isRelay: false,
    },
  );
  try {
    const address = config.previewUrl || `http://${config.hostname}:${config.port}`;
    return await runShare(positionals, values, {
      open: await shares.open(),
      address,
      managedAt: managedAt(config, address),
      say: (line) => progress.line(line),
      names,
    });
  } finally {
    await shares.close();
    await Promise.all([engine?.finished.settled(), engine?.encoded.close(), engine?.linked.close()]);
  }
});
