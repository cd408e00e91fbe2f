// CodeSandbox's packager for unmodified bundlers: `GET /v2/packages/<name>/<version>.json` with a package, everything it needs,
// and where its dependencies are. The kit's own frame asks for the whole set instead (dependency-set.ts).

import { collectModules } from '../../prebundle/module-graph.ts';
import type { PrebundleStore } from '../../prebundle/prebundle-store.ts';
import type { DependencySets } from '../../sets/dependency-set.ts';
import { describeTree } from '../../sets/tree-description.ts';
import { type CdnAnswer, jsonAnswer } from '../answer/answer.ts';

/** Answers the bucket's address; undefined for any other. */
export async function answerPackager(
  sets: DependencySets,
  prebundles: PrebundleStore,
  path: string,
): Promise<CdnAnswer | undefined> {
  const match = /^\/v2\/packages\/((?:@[^/]+\/)?[^/]+)\/([^/]+)\.json$/.exec(path);
  if (!match) return undefined;
  const [, name = '', version = ''] = match;
  const dependencies = { [name]: decodeURIComponent(version) };
  const tree = await sets.tree({ dependencies, resolutions: {} });
  const key = tree.root[name] ?? name;
  const { contents } = await collectModules(tree, [name], (node, subpaths) => prebundles.get(node, subpaths));
  const { dependencyDependencies, dependencyAliases } = describeTree(tree);
  // This protocol wants a package.json for every package it names, even for those that no file needs.
  for (const node of Object.values(tree.nodes))
    contents[`/node_modules/${node.key}/package.json`] ??= {
      content: JSON.stringify({ name: node.packageName, version: node.version }),
    };
  return jsonAnswer(
    {
      contents,
      dependency: { name, version: tree.nodes[key]?.version },
      peerDependencies: {},
      dependencyDependencies,
      dependencyAliases,
    },
    'resolved',
  );
}
