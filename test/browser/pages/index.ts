// All rows, in the order of the results table.

import { charts } from './charts.ts';
import { components } from './components.ts';
import { drawing } from './drawing.ts';
import { editing } from './editing.ts';
import { frameworks } from './frameworks.ts';
import { learning } from './learning.ts';
import { maps } from './maps.ts';
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
  'Maps and other charts': maps,
  '3D and games': scenes,
  'Drawing, physics and more of 3D': drawing,
  'Animation and sound': motion,
  Frameworks: frameworks,
  'Small frameworks and components': components,
  'Styles, fonts and icons': styles,
  'Formulas, code, Markdown and editors': text,
  'Editors, tables, calendars and players': editing,
  'Learning machines, Python and WebAssembly': learning,
  'Data, dates, files and dialogs': tools,
  'ES modules': modules,
  'Office documents, as LibreChat shows them': office,
};
