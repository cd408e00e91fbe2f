// What an artifact's modules at public addresses need of its page: bare names, which an import map leads to the page's packages.
import { setTimeout as delay } from 'node:timers/promises';
import type { CompiledArtifact } from '../compile/compile-artifact.ts';
import { splitSpecifier } from '../packages/base/specifier.ts';
import { ownReact } from '../shared/own-react.ts';

/** Of React's own, what packages import. */
const reactFamily = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'];

const quotedAddress = /(['"`])(https:\/\/[^\s'"`]{1,300})/g;
/** How long one may take to be looked into: its package may have to be built. */
const maxPageImportsMs = 15_000;
/** Of an artifact, which are looked into. */
const maxAddresses = 50;

/**
 * What modules at the artifact's addresses ask the page for; where they can be computed, what most ask for. Its own React, so that
 * there are no two.
 * @param around `declared`: ranges by package name; `lookInto`: what the module at an address imports by bare names
 */
export async function findPageImports(
  artifact: CompiledArtifact,
  files: Record<string, string>,
  {
    declared,
    lookInto,
  }: { declared: Record<string, string>; lookInto: (address: string) => Promise<string[]> },
): Promise<string[]> {
  const addresses = addressesIn(artifact, files);
  if (declared.react === undefined || addresses.length === 0) return [];
  const ownFamily = reactFamily.filter((specifier) =>
    Object.hasOwn(declared, splitSpecifier(specifier).name),
  );
  const found = await Promise.all(
    addresses.map((address) => {
      const own = ownReact(address);
      if (own === undefined) return [];
      if ('specifier' in own)
        return Object.hasOwn(declared, splitSpecifier(own.specifier).name) ? [own.specifier] : [];
      // The page can do without what takes longer: it is built all the same, and there next time.
      const tooLate = delay<string[]>(maxPageImportsMs, [], { ref: false });
      return Promise.race([lookInto(own.url), tooLate]);
    }),
  );
  return [...new Set([...ownFamily, ...found.flat()])].sort();
}

/** Addresses that files import, or that stand in a file which imports what it computes. */
function addressesIn({ files }: CompiledArtifact, sources: Record<string, string>): string[] {
  const found = Object.entries(files).flatMap(([path, { targets, importsComputed }]) => [
    ...Object.values(targets).flatMap((target) => ('url' in target ? [target.url] : [])),
    ...(importsComputed
      ? [...(sources[path] ?? '').matchAll(quotedAddress)].map(([, , text = '']) => text)
      : []),
  ]);
  return [...new Set(found)].filter((address) => /^https?:/.test(address)).slice(0, maxAddresses);
}
