// A tree as CodeSandbox's packager would describe it: for the bundler's manifest, and for whoever asks at the packager's address.
import type { SetManifest } from '../../shared/set-manifest.ts';
import type { DependencyTree } from '../tree/tree.ts';

/** The tree in the bundler's terms. */
export function describeTree(
  tree: DependencyTree,
): Pick<SetManifest, 'dependencies' | 'dependencyDependencies' | 'dependencyAliases'> {
  const dependencies = Object.entries(tree.root).map(([name, key]) => ({
    name,
    version: tree.nodes[key]?.version ?? '',
  }));
  const rootKeys = new Set(Object.values(tree.root));
  const dependencyDependencies: SetManifest['dependencyDependencies'] = {};
  const dependencyAliases: SetManifest['dependencyAliases'] = {};
  for (const node of Object.values(tree.nodes)) {
    if (!rootKeys.has(node.key))
      dependencyDependencies[node.key] = {
        semver: node.version,
        resolved: node.version,
        parents: [],
        entries: [],
      };
    for (const [name, key] of Object.entries(node.dependencies)) {
      if (key === name) continue;
      const aliases = dependencyAliases[node.key] ?? {};
      aliases[name] = key;
      dependencyAliases[node.key] = aliases;
    }
  }
  return { dependencies, dependencyDependencies, dependencyAliases };
}
