// An operator's own error pages, on hosts of published pages: templates of eta (https://eta.js.org/), compiled when the relay starts. What a template
// is given is what the kit's own page says, and nothing of the relay's inside.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Eta } from 'eta';
import { noticeHeaders } from './headers.ts';

/** What a template is given, as `it`. Eta escapes what `<%= %>` puts out. */
export interface ErrorFacts {
  status: number;
  title: string;
  message: string;
  remedy: string;
  /** The host that was asked for, with its port. */
  host: string;
  /** Seconds after which to try again; undefined where that is not known. */
  retryAfter: number | undefined;
  /** Of what is in the log, with a status of 500 and more. */
  requestId: string | undefined;
}

/** With them, a template may have pictures and fonts that it holds itself. */
export const templateHeaders = {
  ...noticeHeaders,
  'Content-Security-Policy': `${noticeHeaders['Content-Security-Policy']}; img-src data:; font-src data:`,
};

const ending = '.eta';
const general = 'error';
const ofStatus = /^[345]\d\d$/;

/** See the head of this file. */
export class ErrorTemplates {
  private constructor(
    readonly eta: Eta,
    readonly names: ReadonlySet<string>,
  ) {}

  /**
   * @param folder absolute
   * @throws Error for people, naming each template that cannot be used
   */
  static async load(folder: string): Promise<ErrorTemplates> {
    const refuse = (reason: string) => new Error(`ERROR_PAGES_DIR=${folder} cannot be used: ${reason}`);
    const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      throw refuse(
        error.code === 'ENOENT'
          ? 'there is no such folder.'
          : `it cannot be read (${error.code ?? error.message}).`,
      );
    });
    const eta = new Eta({ autoEscape: true });
    const names = new Set<string>();
    const faults: string[] = [];
    for (const file of files.filter((name) => name.endsWith(ending)).sort()) {
      const name = file.slice(0, -ending.length);
      try {
        // With an `@` it is in memory: templates of the folder can include each other so.
        eta.loadTemplate(`@${name}`, eta.compile(await readFile(join(folder, file), 'utf8')));
        names.add(name);
      } catch (error) {
        faults.push(`${file}: ${(error as Error).message.trim()}`);
      }
    }
    if (faults.length > 0) throw refuse(faults.join('\n'));
    if (![...names].some((name) => name === general || ofStatus.test(name)))
      throw refuse(`it has no ${general}${ending}, and no <status>${ending} such as 404${ending}.`);
    return new ErrorTemplates(eta, names);
  }

  /** @returns HTML; undefined where there is no template for this. @throws what the template throws */
  render(facts: ErrorFacts): string | undefined {
    const name = [String(facts.status), general].find((each) => this.names.has(each));
    return name === undefined ? undefined : this.eta.render(`@${name}`, facts);
  }
}
