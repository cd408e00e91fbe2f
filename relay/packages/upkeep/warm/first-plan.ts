// What a relay prepares by itself after its start, in the order in which it will be asked for: what every preview loads, the
// first sample of the playground, LibreChat's own components, the other samples. Pure.
import type { SetRequest } from '../../../shared/set-query.ts';
import { artifactSets } from '../../../shared/standard-sets.ts';
import { libreChatFiles } from '../../sets/librechat-files.ts';
import { type KnownArtifact, knownArtifact, libreChatCdnFiles, plainCode, planPage } from './warm-plan.ts';

/** An artifact that somebody may open first. */
export interface FirstArtifact {
  type: string;
  code: string;
}

/** One thing to have in the store. */
export type FirstStep =
  /** A finished answer to a set, for the bundler. */
  | { set: SetRequest }
  /** The packages of an artifact, for the native engine. */
  | { artifact: KnownArtifact }
  /** Packs that artifacts share, whichever of these imports they have. */
  | { packs: SetRequest }
  /** The package behind a CDN address. */
  | { file: string };

type Base = 'react-18' | 'react-19';

const everyComponent = Object.keys(libreChatFiles())
  .map((path) => `import '${path.replace(/\.tsx?$/, '')}';`)
  .join('\n');

/**
 * @param samples the playground's artifacts in their order; none where there is no playground
 * @param engine what shows React artifacts
 */
export function planFirst(samples: readonly FirstArtifact[], engine: 'native' | 'bundler'): FirstStep[] {
  const react = samples.filter(({ type }) => type === 'application/vnd.react').map(({ code }) => code);
  const pages = samples.filter(({ type }) => type !== 'application/vnd.react').map(({ code }) => code);
  const [tailwind = '', ...otherFiles] = libreChatCdnFiles;
  const [askFor, askForAny] = engine === 'native' ? [askNative, askForPacks] : [askBundler, askForComponents];
  const inOrder: FirstStep[] = [
    { file: tailwind },
    ...react.slice(0, 1).map((code) => askFor('react-18', code)),
    ...askForAny('react-18'),
    ...react.slice(1).map((code) => askFor('react-18', code)),
    ...[...otherFiles, ...pages.flatMap(planPage)].map((file) => ({ file })),
    ...askForAny('react-19'),
    ...react.map((code) => askFor('react-19', code)),
  ];
  return [...new Map(inOrder.map((step) => [JSON.stringify(step), step])).values()];
}

/** The request that the bundler's page makes for a React artifact of LibreChat's. */
function askBundler(base: Base, code: string): FirstStep {
  const { imports, declared } = knownArtifact(artifactSets[base], code);
  return { set: { dependencies: { ...declared }, resolutions: {}, imports: [...imports] } };
}

function askForComponents(base: Base): FirstStep[] {
  return [askBundler(base, everyComponent)];
}

function askNative(base: Base, code: string): FirstStep {
  return { artifact: knownArtifact(artifactSets[base], code) };
}

/** Which packages an artifact combines is not known before; what they have in common is. */
function askForPacks(base: Base): FirstStep[] {
  const dependencies = { ...artifactSets[base] };
  const packs = { dependencies, resolutions: {}, imports: Object.keys(dependencies) };
  return [askNative(base, plainCode), { packs }];
}
