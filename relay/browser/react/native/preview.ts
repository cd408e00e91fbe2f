// One preview's life: an artifact arrives, is compiled by the relay, runs; an edit arrives. The newest artifact wins.
import type { NativeAnswer, PackModules } from '../../../shared/native.ts';
import type { FrameBase } from '../frame-base.ts';
import { laterImports, rememberImports } from '../later-imports.ts';
import type { RawAnswer } from '../package-request.ts';
import { tellRefusal } from '../refusal.ts';
import type { CompileMessage } from '../sandpack-messages.ts';
import { ArtifactFiles } from './artifact-files.ts';
import { ErrorScreen } from './error-screen.ts';
import { LaterImports } from './later-modules.ts';
import { ModuleRegistry } from './module-registry.ts';
import { askNative, FilesRefused, isNative, readNative, requestOf, sourcesOf } from './native-request.ts';
import { defineBuffer } from './node-globals.ts';
import { Packs } from './packs.ts';
import { PageDocument } from './page-document.ts';
import { PageImports } from './page-imports.ts';
import { describeError, describeFailure, describeProblem, type ShowError } from './problems.ts';
import { Refresh } from './refresh.ts';
import { fetchStyles, handOver, insertStyles, isPlayCdn } from './tailwind.ts';
import type { WorkerStart } from './worker-files.ts';

/** What a preview needs of its page. */
export interface PreviewParts {
  frame: FrameBase;
  /** Sends a message to Sandpack's client. */
  say(message: object): void;
  /** Shows the artifact with the bundler. @param reason what of it the native engine cannot do */
  leaveToBundler(reason: string): void;
}

/** Moments of the page's life on its own clock, as developer tools show them: browsers hold messages back until a script ends. */
type Moment = 'started' | 'packs loaded' | 'packages ran' | 'artifact ran';

/** An artifact that stops here has said why. */
class Stopped extends Error {}

export class Preview {
  readonly #parts: PreviewParts;
  readonly #packages: ModuleRegistry;
  readonly #packs: Packs;
  readonly #files: ArtifactFiles;
  readonly #page: PageDocument;
  readonly #pageImports: PageImports;
  readonly #refresh = new Refresh();
  readonly #screen = new ErrorScreen();
  readonly #later: LaterImports;
  readonly #reported = new WeakSet<Error>();
  #sources: Record<string, string> = {};
  #isFirst = true;
  /** Whether Tailwind's styles are there, or on their way. */
  #hasStyles = false;
  /** Whether the artifact on the page ran to its end: only then can an edit take its place. */
  #isShown = false;
  #latest: CompileMessage | undefined;
  #showsScreen = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: PreviewParts) {
    const { frame } = parts;
    this.#parts = parts;
    this.#packages = new ModuleRegistry((css) =>
      css.replaceAll('https://cdn.jsdelivr.net/npm/', `${frame.base}-/cdn/cdn.jsdelivr.net/npm/`),
    );
    this.#packs = new Packs(frame.base, (modules: PackModules) => {
      const [conflict] = this.#packages.define(modules);
      defineBuffer(Object.keys(modules), (path) => this.#packages.require(path));
      if (conflict !== undefined) this.#startAgain(conflict);
    });
    this.#page = new PageDocument((address) => frame.mirrored(address));
    this.#pageImports = new PageImports({
      mirrored: (address) => frame.mirrored(address),
      requireModule: (path) => this.#packages.require(path),
    });
    this.#later = new LaterImports({
      ask: (imports) => this.#ask(this.#latest as CompileMessage, imports),
      load: (answer) => this.#packs.load(answer.packages.packs),
      requireModule: (path) => this.#packages.require(path),
      importUrl: (url) => this.#pageImports.import(url),
      sources: () => this.#sources,
      files: () => this.#files,
    });
    this.#files = new ArtifactFiles({
      requireModule: (path) => this.#packages.require(path),
      importUrl: (url) => this.#pageImports.import(url),
      importLater: (specifier, from) => this.#later.import(specifier, from),
      refresh: this.#refresh,
    });
    this.#watchErrors();
    this.#watchSize();
  }

  /** Shows an artifact, or an edit of it. @param early the answer, where the shell has asked already */
  compile(message: CompileMessage, early: Promise<RawAnswer> | undefined): Promise<void> {
    this.#latest = message;
    // An edit waits for the one before it: two at once would run the same files twice.
    this.#turn = this.#turn.then(() => (this.#latest === message ? this.#show(message, early) : undefined));
    return this.#turn;
  }

  /** What a worker of one of the artifact's files is started with; undefined when there is no such file. */
  workerStart(path: string): WorkerStart | undefined {
    const { files } = this.#files;
    const { base } = this.#parts.frame;
    return files[path] && { base, packs: this.#packs.paths, files, entry: path };
  }

  async #show(message: CompileMessage, early: Promise<RawAnswer> | undefined): Promise<void> {
    const { say } = this.#parts;
    if (!isNative(message)) return this.#leaveToBundler(`The template ${message.template} is the bundler’s`);
    this.#showsScreen = message.showErrorScreen !== false;
    this.#screen.clear();
    say({ type: 'start', firstLoad: this.#isFirst });
    this.#mark('started');
    this.#isFirst = false;
    try {
      await this.#showOrThrow(message, early);
      this.#mark('artifact ran');
      say({ type: 'success' });
    } catch (error) {
      if (!(error instanceof Stopped)) this.#reportThrown(error);
      say({ type: 'status', status: 'idle' });
      say({ type: 'done', compilatonError: true });
      return;
    }
    say({ type: 'state', state: this.#state() });
    this.#tellSize();
    say({ type: 'status', status: 'idle' });
    say({ type: 'done', compilatonError: false });
  }

  async #showOrThrow(message: CompileMessage, early: Promise<RawAnswer> | undefined): Promise<void> {
    const { say, frame } = this.#parts;
    const sources = sourcesOf(message);
    if (this.#page.isOther(sources['/public/index.html'])) return this.#reload();
    say({ type: 'status', status: 'installing-dependencies' });
    say({ type: 'dependencies', data: { state: 'downloading_manifest' } });
    const resources = message.externalResources ?? [];
    const external = this.#page.load(resources.filter((address) => !isPlayCdn(address)));
    const answer = await this.#answer(message, early);
    this.#sources = sources;
    if (answer.bundlerOnly !== undefined) return this.#leaveToBundler(answer.bundlerOnly);
    const styled = this.#style(answer, resources.filter(isPlayCdn));
    await this.#packs.load(answer.packages.packs);
    this.#mark('packs loaded');
    say({ type: 'dependencies', data: { state: 'starting' } });
    say({ type: 'status', status: 'transpiling' });
    const [problem] = answer.problems;
    if (problem) {
      this.#report(describeProblem(problem, sources));
      throw new Stopped();
    }
    for (const [name, version] of Object.entries(answer.packages.undeclared))
      console.info(`[preview-kit] ${name} is not among the artifact’s dependencies: ${version} was taken.`);
    if (!this.#isShown) this.#runPackages(answer);
    const [showStyles] = await Promise.all([styled, frame.mirrorReady, external]);
    this.#mark('packages ran');
    say({ type: 'status', status: 'evaluating' });
    await this.#run(answer, sources['/public/index.html']);
    showStyles();
  }

  /**
   * Gets Tailwind's styles: made by the relay, where it could, else by the Play CDN, which the artifact waits for then.
   * @returns what to do when the artifact's files have run, before React draws
   */
  async #style({ styles }: NativeAnswer, playCdn: string[]): Promise<() => void> {
    const load = () => this.#page.load(playCdn);
    if (this.#hasStyles || playCdn.length === 0) return () => {};
    this.#hasStyles = true;
    const css = styles === undefined ? '' : await fetchStyles(new URL(styles, this.#parts.frame.base).href);
    if (css !== '') return () => handOver(insertStyles(css), load);
    await load();
    return () => {};
  }

  /** What the files will ask for first, while styles are on their way; what fails here fails there again. */
  #runPackages({ files, entry, packages }: NativeAnswer): void {
    const runtime = packages.roots['react-refresh/runtime'];
    if (runtime !== undefined) this.#refresh.start(this.#packages.require(runtime));
    const paths = new Set([entry]);
    for (const path of paths)
      for (const specifier of files[path]?.imports ?? []) {
        const target = files[path]?.targets[specifier];
        if (target && 'file' in target) paths.add(target.file);
        if (!target || !('module' in target)) continue;
        try {
          this.#packages.require(target.module);
        } catch {
          // Told when the file that imports it runs.
        }
      }
  }

  async #run(answer: NativeAnswer, html: string | undefined): Promise<void> {
    const isEdit = this.#isShown;
    const imports = this.#pageImports.more(answer);
    // Not every browser takes a second import map.
    if (imports && !this.#page.addImports(imports)) return this.#reload();
    // Until it has run to its end; after a failure, the next edit starts from nothing.
    this.#isShown = false;
    if (isEdit) {
      if (!(await this.#files.update(answer.files, answer.entry))) return this.#reload();
      this.#refresh.perform();
    } else {
      await this.#page.write(html);
      await this.#files.start(answer.files, answer.entry);
    }
    this.#isShown = true;
  }

  async #answer(message: CompileMessage, early: Promise<RawAnswer> | undefined): Promise<NativeAnswer> {
    try {
      return early
        ? readNative(await early)
        : await this.#ask(message, [...new Set([...laterImports(), ...this.#later.asked])]);
    } catch (error) {
      if (error instanceof FilesRefused) return this.#leaveToBundler(error.message);
      this.#report(describeFailure('Preview failed', (error as Error).message));
      throw new Stopped();
    }
  }

  async #ask(message: CompileMessage, imports: string[]): Promise<NativeAnswer> {
    return readNative(await askNative(`${this.#parts.frame.base}-/`, requestOf(message, imports)));
  }

  /** The latest only, so that edits do not pile up. */
  #mark(moment: Moment): void {
    performance.clearMarks(`preview-kit: ${moment}`);
    performance.mark(`preview-kit: ${moment}`);
  }

  /** Never ends: another page takes this one's place. */
  #leaveToBundler(reason: string): Promise<never> {
    this.#parts.leaveToBundler(reason);
    return new Promise(() => {});
  }

  /** Loads this page anew; the client sends the artifact again when it hears of the new one. */
  #reload(): Promise<never> {
    location.reload();
    return new Promise(() => {});
  }

  #startAgain(conflict: string): void {
    console.info(`[preview-kit] ${conflict} is needed in another form: the preview starts again.`);
    rememberImports(this.#later.asked);
    void this.#reload();
  }

  #report(error: ShowError): void {
    this.#parts.say(error);
    if (this.#showsScreen) this.#screen.show(error);
  }

  /** What nobody caught. */
  #watchErrors(): void {
    window.addEventListener('error', ({ error, message, target }) => {
      // Browsers say so when a layout takes another turn; nothing is wrong.
      if (target !== window || message.startsWith('ResizeObserver loop') || isTriedByReact()) return;
      this.#reportThrown(error ?? new Error(message));
    });
    window.addEventListener('unhandledrejection', ({ reason }) => {
      if (!tellRefusal(reason)) this.#reportThrown(reason);
    });
  }

  /** Once for each exception: React throws again what it has reported. */
  #reportThrown(error: unknown): void {
    if (error instanceof Error) {
      if (this.#reported.has(error)) return;
      this.#reported.add(error);
    }
    this.#report(describeError(error, this.#files.files, this.#sources));
  }

  #watchSize(): void {
    new ResizeObserver(() => this.#tellSize()).observe(document.documentElement);
  }

  #tellSize(): void {
    this.#parts.say({ type: 'resize', height: document.documentElement.getBoundingClientRect().height });
  }

  /** What Sandpack's client shows as transpiled code. */
  #state(): object {
    const modules = Object.entries(this.#files.files).map(([path, { code }]) => [
      `${path}:`,
      { module: { path, code: this.#sources[path] }, source: { fileName: path, compiledCode: code } },
    ]);
    return { transpiledModules: Object.fromEntries(modules) };
  }
}

/**
 * Whether the browser reports an exception that React has yet to decide about. Up to version 18, React's development build runs an
 * artifact's code in an event of its own, so that the browser reports what it throws, even where a boundary of the artifact's takes it;
 * what none takes, React throws again. https://legacy.reactjs.org/docs/error-boundaries.html
 */
function isTriedByReact(): boolean {
  return /\binvokeGuardedCallback/.test(new Error().stack ?? '');
}
