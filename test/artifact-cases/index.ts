// All cases of the native engine, by kind. The first of a kind is the one that was reported.
import { alias } from './alias.ts';
import type { ArtifactCase } from './artifact-case.ts';
import { cdnImports } from './cdn-imports.ts';
import { computedImports } from './computed-imports.ts';
import { decorators } from './decorators.ts';
import { history } from './history.ts';
import { importMeta } from './import-meta.ts';
import { madeAddresses } from './made-addresses.ts';
import { privateMembers } from './private-members.ts';
import { severalFiles } from './several-files.ts';
import { syntax } from './syntax.ts';
import { topLevelAwait } from './top-level-await.ts';

export const nativeCases: Record<string, ArtifactCase[]> = {
  Decorators: decorators,
  'import() of a variable': computedImports,
  'Private members and loops': privateMembers,
  'Top-level await': topLevelAwait,
  'import.meta': importMeta,
  'Made addresses': madeAddresses,
  'CDN addresses': cdnImports,
  'The alias @/': alias,
  'Anchors and history': history,
  'TypeScript and JSX': syntax,
  'Several files': severalFiles,
};
