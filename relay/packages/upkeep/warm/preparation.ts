// Prepares in the background what a relay will be asked for first, so that the first preview need not wait for the registry.
// Started by relay.ts after the relay is up. Requests come first; a failure costs one line of the log and never the relay.
import { ArtifactCompiler } from '../../../compile/compile-artifact.ts';
import { compileWithNeeds } from '../../../compile/package-needs.ts';
import type { SetRequest } from '../../../shared/set-query.ts';
import { PackageError, type PackageErrorCode } from '../../base/package-error.ts';
import type { PackageLog } from '../../base/package-log.ts';
import { splitSpecifier } from '../../base/specifier.ts';
import type { PackageEngine } from '../../engine.ts';
import type { LinkingProgress } from '../../sets/linked-sets.ts';
import type { DependencyTree } from '../../tree/tree.ts';
import { BackgroundTurns, type Traffic } from './background-turns.ts';
import type { FirstStep } from './first-plan.ts';
import type { KnownArtifact } from './warm-plan.ts';
import { storeFile } from './warmer.ts';

/** Told whenever something was done, and once at the end. */
export interface PreparationProgress {
  /** Package versions that are ready, and those known to be needed so far. */
  done: number;
  total: number;
  /** At the end: how long it took in ms, and whether all of it is stored. */
  end?: { ms: number; isComplete: boolean };
}

/** The operator does not want these packages: there is nothing to report. */
const unwanted = new Set<PackageErrorCode>([
  'PACKAGE_DENIED',
  'VERSION_TOO_YOUNG',
  'TREE_TOO_LARGE',
  'ADDRESS_BLOCKED',
]);
/** Whatever came next would fail in the same way. */
const final = new Set<PackageErrorCode>([
  'REGISTRY_REFUSED',
  'REGISTRY_UNREACHABLE',
  'REGISTRY_FAILED',
  'REGISTRY_TIMEOUT',
  'REGISTRY_RATE_LIMITED',
  'REGISTRY_INVALID_ANSWER',
  'STORE_FULL',
]);

/** See the head of this file. */
export class Preparation {
  readonly #turns: BackgroundTurns;
  readonly #compiler = new ArtifactCompiler();
  readonly #needed = new Set<string>();
  readonly #ready = new Set<string>();
  readonly #failures: unknown[] = [];
  #hasWorked = false;
  #onFirst: () => void = () => {};
  /** Resolves when what is opened first is stored, or will not be. */
  readonly first = new Promise<void>((resolve) => {
    this.#onFirst = resolve;
  });

  constructor(
    readonly options: {
      engine: Pick<PackageEngine, 'finished' | 'linked' | 'cdn' | 'encoded'>;
      /** Called when it starts. */
      plan: () => Promise<FirstStep[]>;
      traffic: Traffic;
      log: PackageLog;
      onProgress?: ((progress: PreparationProgress) => void) | undefined;
    },
  ) {
    this.#turns = new BackgroundTurns(options.traffic);
  }

  /** Resolves when everything is stored, given up, or closed; never rejects. */
  async run(): Promise<void> {
    const startedAt = performance.now();
    const failures = this.#failures;
    try {
      for (const step of await this.options.plan()) {
        await this.#take(step);
        if (!('file' in step)) this.#onFirst();
      }
      await this.#turns.run(() => this.options.engine.linked.settled());
    } catch (error) {
      if (this.#turns.isClosed) return;
      failures.unshift(error);
    } finally {
      this.#onFirst();
    }
    this.#reportFailures(failures);
    const end = { ms: performance.now() - startedAt, isComplete: failures.length === 0 };
    // After a restart there is nothing to do, and nothing to say.
    if (this.#hasWorked) this.#tell(end);
  }

  /** Begins nothing more. */
  close(): void {
    this.#turns.close();
  }

  async #take(step: FirstStep): Promise<void> {
    try {
      if ('file' in step) await this.#turns.run(() => storeFile(this.options.engine, step.file));
      else if ('set' in step) await this.#finish(step.set);
      else if ('packs' in step) await this.#makePacks(step.packs);
      else await this.#link(step.artifact);
    } catch (error) {
      if (!(error instanceof PackageError) || this.#turns.isClosed) throw error;
      if (final.has(error.code)) throw error;
      if (!unwanted.has(error.code)) this.#failures.push(error);
    }
  }

  #finish(set: SetRequest): Promise<void> {
    return this.#follow(set, (progress) =>
      this.options.engine.finished.prepare(set, this.#turns.run, progress),
    );
  }

  async #link({ files, declared }: KnownArtifact): Promise<void> {
    const { set } = await this.#turns.run(() => compileWithNeeds(this.#compiler, files, { declared }));
    await this.#follow(set, (progress) => this.options.engine.linked.prepare(set, progress, this.#turns.run));
  }

  async #makePacks(set: SetRequest): Promise<void> {
    const { linked } = this.options.engine;
    await this.#follow(set, (progress) => linked.prepareConstantPacks(set, progress, this.#turns.run));
  }

  async #follow(set: SetRequest, prepare: (progress: LinkingProgress) => Promise<void>): Promise<void> {
    // Resolving cannot give way once it has begun.
    await this.#turns.run(async () => {});
    const needed = new Set<string>();
    await prepare({
      onTree: (tree) => {
        this.#hasWorked = true;
        for (const version of versionsFor(tree, set.imports)) needed.add(version);
        for (const version of needed) this.#needed.add(version);
        this.#tell();
      },
      onBuilt: ({ packageName, version }) => {
        this.#ready.add(`${packageName}@${version}`);
        this.#tell();
      },
    });
    // What is depended on but never imported need not be built.
    for (const version of needed) this.#ready.add(version);
  }

  #tell(end?: PreparationProgress['end']): void {
    if (this.#turns.isClosed) return;
    const done = [...this.#ready].filter((version) => this.#needed.has(version)).length;
    this.options.onProgress?.({ done, total: this.#needed.size, ...(end ? { end } : {}) });
  }

  /** One line, whatever the number of failures. */
  #reportFailures([error, ...more]: unknown[]): void {
    if (error === undefined) return;
    const facts = error instanceof PackageError ? { code: error.code, detail: error.detail } : { err: error };
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = error instanceof PackageError && final.has(error.code) ? ` ${error.remedy}` : '';
    this.options.log.warn(
      { ...facts, more: more.length },
      `not everything could be prepared ahead: ${reason}${remedy} Previews fetch what they need when they are opened; PREPARE_SETS=off prepares nothing.`,
    );
  }
}

/** Everything that these imports may need. */
function versionsFor(tree: DependencyTree, imports: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const versions = new Set<string>();
  const queue = imports.map((specifier) => tree.root[splitSpecifier(specifier).name]);
  while (queue.length > 0) {
    const key = queue.pop();
    const node = key === undefined || seen.has(key) ? undefined : tree.nodes[key];
    if (!node) continue;
    seen.add(node.key);
    versions.add(`${node.packageName}@${node.version}`);
    queue.push(...Object.values(node.dependencies));
  }
  return versions;
}
