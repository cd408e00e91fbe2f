// Where nginx's configuration is from: a file that the operator names, the running machine's (`nginx -T`), or what setup wrote.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type NginxBlock, parseNginx, type ReadIncluded } from './nginx-config.ts';

/** What became of reading it. */
export type NginxReading =
  | { kind: 'read'; from: string; root: NginxBlock }
  /** nginx itself, or the parser, refuses it. */
  | { kind: 'wrong'; from: string; reason: string }
  | { kind: 'absent'; reason: string };

/** Where setup puts the rendered servers, from the deployment's folder. */
const renderedFile = 'deploy/nginx/preview-kit.conf';

/** See the head of this file. */
export class NginxSource {
  #reading: Promise<NginxReading> | undefined;

  /** @param options `edge`: nginx runs in a container, so what setup wrote says more than this machine's nginx */
  constructor(
    readonly options: { file: string | undefined; folder: string; edge: boolean; timeoutMs: number },
  ) {}

  /** Whether the operator said which file. */
  get isNamed(): boolean {
    return this.options.file !== undefined;
  }

  /** Reads it once. */
  read(): Promise<NginxReading> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  async #read(): Promise<NginxReading> {
    const { file, folder, edge } = this.options;
    if (file !== undefined) return readFrom(resolve(folder, file), file);
    if (edge) return readFrom(resolve(folder, renderedFile), renderedFile);
    const dump = await this.#dump();
    if (dump.kind === 'text') {
      const { main, readIncluded } = splitDump(dump.text);
      return parsed('nginx -T', main, readIncluded);
    }
    if (dump.kind === 'wrong') return { kind: 'wrong', from: 'nginx -T', reason: dump.reason };
    const rendered = await readFrom(resolve(folder, renderedFile), renderedFile);
    return rendered.kind === 'absent' ? { kind: 'absent', reason: dump.reason } : rendered;
  }

  #dump(): Promise<{ kind: 'text'; text: string } | { kind: 'wrong' | 'absent'; reason: string }> {
    const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin` };
    const limits = { timeout: this.options.timeoutMs, maxBuffer: 32 * 1024 * 1024, env };
    return new Promise((done) => {
      execFile('nginx', ['-T', '-q'], limits, (error, text, complaint) => {
        if (!error) return done({ kind: 'text', text });
        const fault = /\[emerg\][^\n]*/.exec(complaint)?.[0].replace(/^\[emerg\]\s*(\d+#\d+: )?/, '');
        if (error.code === 'ENOENT' || fault === undefined)
          return done({
            kind: 'absent',
            reason: 'nginx is not on this machine, or does not say how it is set up',
          });
        if (/permission denied/i.test(fault))
          return done({ kind: 'absent', reason: 'this user may not read nginx’s configuration' });
        done({ kind: 'wrong', reason: fault });
      });
    });
  }
}

async function readFrom(path: string, name: string): Promise<NginxReading> {
  try {
    return await parsed(name, await readFile(path, 'utf8'), readBeside(dirname(path)));
  } catch (error) {
    return { kind: 'absent', reason: `${path} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}

async function parsed(from: string, text: string, readIncluded: ReadIncluded): Promise<NginxReading> {
  try {
    return { kind: 'read', from, root: await parseNginx(text, readIncluded) };
  } catch (error) {
    return { kind: 'wrong', from, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** `nginx -T` writes every file, each under a comment with its path, and leaves the `include` lines as they are. */
function splitDump(dump: string): { main: string; readIncluded: ReadIncluded } {
  const parts = dump.split(/^# configuration file (.+):$/m);
  const files = new Map<string, string>();
  for (let index = 1; index + 1 < parts.length; index += 2)
    files.set(parts[index] as string, parts[index + 1] as string);
  const [[path, main] = ['/etc/nginx/nginx.conf', dump]] = files;
  return {
    main,
    readIncluded: async (pattern) => {
      const wanted = toRegex(isAbsolute(pattern) ? pattern : join(dirname(path), pattern));
      return [...files].flatMap(([name, text]) => (wanted.test(name) ? [text] : []));
    },
  };
}

/** Files on this machine, relative to the folder of the including one. */
function readBeside(folder: string): ReadIncluded {
  return async (pattern) => {
    const path = resolve(folder, pattern);
    const names = pattern.includes('*') ? await readdir(dirname(path)).catch(() => []) : [path];
    const paths = names
      .map((name) => resolve(dirname(path), name))
      .filter((each) => toRegex(path).test(each));
    const texts = await Promise.all(paths.sort().map((each) => readFile(each, 'utf8').catch(() => '')));
    return texts;
  };
}

function toRegex(glob: string): RegExp {
  return new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')}$`,
  );
}
