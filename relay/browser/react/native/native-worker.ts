// Runs one of the artifact's files in a worker, with the packages that the artifact has. Started by worker-files.ts.
import type { PackModules } from '../../../shared/native.ts';
import { ArtifactFiles } from './artifact-files.ts';
import { ModuleRegistry } from './module-registry.ts';
import { defineBuffer, defineNodeGlobals } from './node-globals.ts';
import { Refresh } from './refresh.ts';
import type { WorkerStart } from './worker-files.ts';

declare function importScripts(...addresses: string[]): void;

const packages = new ModuleRegistry();

function start({ base, packs, files, entry }: WorkerStart): void {
  // The service worker answers what is imported by a CDN's address.
  const artifact = new ArtifactFiles({
    requireModule: (path) => packages.require(path),
    importUrl: (url) => import(url),
    importLater: async (specifier, from) => {
      throw new Error(`Could not find module '${specifier}' relative to '${from}' in a worker`);
    },
    refresh: new Refresh(),
  });
  defineNodeGlobals(base);
  importScripts(...packs.map((path) => new URL(path, base).href));
  void artifact.start(files, entry);
}

Object.assign(globalThis, {
  previewKitPack(modules: PackModules) {
    packages.define(modules);
    defineBuffer(Object.keys(modules), (path) => packages.require(path));
  },
  previewKitWorker: start,
});
