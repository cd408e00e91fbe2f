// Which source files go into one chunk: those that exactly the same entries reach. So importing an entry runs the files it
// reaches and no other, chunks never import each other in a circle, and every file is in one chunk only.
import type { SourceGraph } from './source-graph.ts';

/**
 * @param roots entry files; the order decides the order of the chunks
 * @returns files by chunk, each list in the order in which a browser would begin with them
 */
export function partition(graph: SourceGraph, roots: string[]): string[][] {
  const reachedBy = new Map<string, number[]>();
  for (const [index, root] of roots.entries())
    for (const file of inOrder(graph, root)) reachedBy.set(file, [...(reachedBy.get(file) ?? []), index]);
  const chunks = new Map<string, string[]>();
  for (const [file, reached] of reachedBy) {
    const key = reached.join();
    chunks.set(key, [...(chunks.get(key) ?? []), file]);
  }
  return [...chunks.values()];
}

/** Everything that a file reaches without being asked again, itself first, as it is met. */
export function inOrder(graph: SourceGraph, root: string): Set<string> {
  const found = new Set<string>();
  const stack = [root];
  for (let file = stack.pop(); file !== undefined; file = stack.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const { file: next, isDynamic } of (graph.get(file) ?? []).toReversed())
      if (!isDynamic) stack.push(next);
  }
  return found;
}
