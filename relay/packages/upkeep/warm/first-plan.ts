// What a relay prepares by itself after its start, in the order in which it will be asked for: what every preview loads, the
// first sample of the playground, LibreChat's own components, the other samples. Pure.
import { findImports } from '../../../shared/imports.ts';
import type { SetRequest } from '../../../shared/set-query.ts';
import { artifactSets } from '../../../shared/standard-sets.ts';
import { libreChatFiles, reactArtifactFiles } from '../../sets/librechat-files.ts';
import { libreChatCdnFiles, planPage } from './warm-plan.ts';

/** An artifact that somebody may open first. */
export interface FirstArtifact {
  type: string;
  code: string;
}

/** One thing to have in the store: a finished answer to a set, or the package behind a CDN address. */
export type FirstStep = { set: SetRequest } | { file: string };

const everyComponent = Object.keys(libreChatFiles())
  .map((path) => `import '${path.replace(/\.tsx?$/, '')}';`)
  .join('\n');

/** The request that the frame makes for a React artifact of LibreChat's. */
function askFor(base: 'react-18' | 'react-19', code: string): FirstStep {
  const imports = findImports(reactArtifactFiles(code));
  return { set: { dependencies: { ...artifactSets[base] }, resolutions: {}, imports } };
}

/** @param samples the playground's artifacts in their order; none where there is no playground */
export function planFirst(samples: readonly FirstArtifact[]): FirstStep[] {
  const react = samples.filter(({ type }) => type === 'application/vnd.react').map(({ code }) => code);
  const pages = samples.filter(({ type }) => type !== 'application/vnd.react').map(({ code }) => code);
  const [tailwind = '', ...otherFiles] = libreChatCdnFiles;
  const inOrder: FirstStep[] = [
    { file: tailwind },
    ...react.slice(0, 1).map((code) => askFor('react-18', code)),
    askFor('react-18', everyComponent),
    ...react.slice(1).map((code) => askFor('react-18', code)),
    ...[...otherFiles, ...pages.flatMap(planPage)].map((file) => ({ file })),
    askFor('react-19', everyComponent),
    ...react.map((code) => askFor('react-19', code)),
  ];
  return [...new Map(inOrder.map((step) => [JSON.stringify(step), step])).values()];
}
