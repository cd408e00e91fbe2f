// All cases of what people reported broken elsewhere, by kind. The first of a kind is the one that was reported.
import type { FieldCase } from './artifact-case.ts';
import { cdnForms } from './field/cdn-forms.ts';
import { consoleOfAnything } from './field/console.ts';
import { filesOfArtifacts } from './field/files.ts';
import { historyAndForms } from './field/history.ts';
import { framesAndWorkers } from './field/inner-frames.ts';
import { nodeModules } from './field/node-modules.ts';
import { largeAndOdd } from './field/odd.ts';
import { tailwind } from './field/tailwind.ts';

export const fieldCases: Record<string, FieldCase[]> = {
  'The console': consoleOfAnything,
  'Node’s modules': nodeModules,
  Tailwind: tailwind,
  'History and forms': historyAndForms,
  Files: filesOfArtifacts,
  'Frames and workers within': framesAndWorkers,
  'Large and odd': largeAndOdd,
  'CDN forms': cdnForms,
};
