// All rows, in the order of the results table.

import { charts } from './charts.ts';
import { frameworks } from './frameworks.ts';
import { modules } from './modules.ts';
import { motion } from './motion.ts';
import { office } from './office.ts';
import type { PageCase } from './page-case.ts';
import { scenes } from './scenes.ts';
import { styles } from './styles.ts';
import { text } from './text.ts';
import { tools } from './tools.ts';

export const pageGroups: Record<string, PageCase[]> = {
  'Charts, diagrams and maps': charts,
  '3D and games': scenes,
  'Animation and sound': motion,
  Frameworks: frameworks,
  'Styles, fonts and icons': styles,
  'Formulas, code, Markdown and editors': text,
  'Data, dates, files and dialogs': tools,
  'ES modules': modules,
  'Office documents, as LibreChat shows them': office,
};
