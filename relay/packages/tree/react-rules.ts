// One React in every tree. Two copies break hooks, a react-dom of another version refuses to start, and recharts 2.12
// draws nothing under React 19 unless react-is knows its elements (https://github.com/recharts/recharts/issues/4558).
import semver from 'semver';
import { PackageError } from '../base/package-error.ts';
import { parseSpec } from '../base/package-spec.ts';
import type { Registry } from '../registry/registry.ts';
import type { DependencyTree } from './dependency-tree.ts';

/** What a tree is resolved from: npm's `dependencies` and `overrides` of a project. */
export interface TreeRequest {
  dependencies: Record<string, string>;
  overrides: Record<string, string>;
}

const reactPackages = ['react', 'react-dom'] as const;
/** From this major on, the element type that react-is recognises differs from those before. */
const firstMajorWithOwnElements = 19;

/**
 * Adds what keeps React single and consistent. Overrides of the caller win.
 * @throws PackageError when react or react-dom cannot be resolved
 */
export async function applyReactRules(request: TreeRequest, registry: Registry): Promise<TreeRequest> {
  const dependencies = await alignReactDom(request.dependencies, registry);
  const overrides: Record<string, string> = {};
  for (const name of reactPackages) {
    // `$name` is npm's way to say: the version that the project itself asks for.
    if (dependencies[name] !== undefined) overrides[name] = `$${name}`;
  }
  const version = await reactVersion(dependencies, registry);
  if (version !== undefined) Object.assign(overrides, rulesFor(version, dependencies));
  if (version !== undefined && dependencies['react-dom'] === undefined) {
    const { versions } = await registry.packument('react-dom').catch(() => ({ versions: {} }));
    if (Object.hasOwn(versions, version)) overrides['react-dom'] = version;
  }
  return { dependencies, overrides: { ...overrides, ...request.overrides } };
}

/** The overrides that a React version brings along. */
function rulesFor(version: string, dependencies: Record<string, string>): Record<string, string> {
  const major = semver.major(version);
  if (major < firstMajorWithOwnElements) return {};
  return { 'react-is': dependencies['react-is'] === undefined ? `^${major}.0.0` : '$react-is' };
}

async function reactVersion(
  dependencies: Record<string, string>,
  registry: Registry,
): Promise<string | undefined> {
  if (dependencies.react === undefined) return undefined;
  const { packageName, range } = parseSpec('react', dependencies.react);
  return packageName === 'react' ? registry.resolve('react', range) : undefined;
}

/** Ranges of the two that pick different versions are narrowed to one that both allow, where there is one. */
async function alignReactDom(
  dependencies: Record<string, string>,
  registry: Registry,
): Promise<Record<string, string>> {
  const [reactSpec, domSpec] = reactPackages.map((name) => dependencies[name]);
  if (reactSpec === undefined || domSpec === undefined) return dependencies;
  const react = parseSpec('react', reactSpec);
  const dom = parseSpec('react-dom', domSpec);
  if (react.packageName !== 'react' || dom.packageName !== 'react-dom') return dependencies;
  const [reactPick, domPick] = await Promise.all([
    registry.resolve('react', react.range),
    registry.resolve('react-dom', dom.range),
  ]);
  if (reactPick === domPick) return dependencies;
  const allows = async (name: string, range: string, version: string): Promise<boolean> =>
    semver.satisfies(version, range) && Object.hasOwn((await registry.packument(name)).versions, version);
  if (await allows('react-dom', dom.range, reactPick)) return { ...dependencies, 'react-dom': reactPick };
  if (await allows('react', react.range, domPick)) return { ...dependencies, react: domPick };
  return dependencies;
}

/**
 * Looks for what the rules could not know beforehand, because React came in through a package and not by name.
 * @returns overrides to resolve once more with; undefined when the tree is as it should be
 * @throws PackageError TREE_CONFLICT when `final` and there still are two
 */
export function findReactFaults(
  tree: DependencyTree,
  dependencies: Record<string, string>,
  final: boolean,
): Record<string, string> | undefined {
  const corrections: Record<string, string> = {};
  for (const name of reactPackages) {
    const copies = Object.values(tree.nodes).filter((node) => node.name === name);
    if (copies.length < 2) continue;
    const version = tree.nodes[name]?.version ?? '';
    if (final) throw new PackageError('TREE_CONFLICT', { packageName: name, version });
    corrections[name] = dependencies[name] === undefined ? version : `$${name}`;
  }
  const react = tree.nodes.react;
  if (react?.packageName === 'react' && dependencies.react === undefined) {
    const rules = rulesFor(react.version, dependencies);
    const reactIs = Object.values(tree.nodes).filter((node) => node.name === 'react-is');
    if (
      rules['react-is'] &&
      reactIs.some((node) => semver.major(node.version) !== semver.major(react.version))
    )
      Object.assign(corrections, rules);
  }
  return Object.keys(corrections).length > 0 && !final ? corrections : undefined;
}
