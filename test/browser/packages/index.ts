// All rows, in the order of the results table.

import { charts } from './charts.ts';
import { data } from './data.ts';
import { editors } from './editors.ts';
import { kits } from './kits.ts';
import { media } from './media.ts';
import { motion } from './motion.ts';
import type { PackageCase } from './package-case.ts';
import { scenes } from './scenes.ts';
import { state } from './state.ts';
import { tools } from './tools.ts';
import { widgets } from './widgets.ts';

export const packageGroups: Record<string, PackageCase[]> = {
  'State, routing and forms': state,
  'Data and storage': data,
  'Collections, dates, numbers and text': tools,
  'Charts and diagrams': charts,
  'Maps, 3D and games': scenes,
  Motion: motion,
  'UI kits, styles and icons': kits,
  Widgets: widgets,
  'Editors, Markdown and highlighting': editors,
  'Documents, images and sound': media,
};
