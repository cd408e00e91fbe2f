// All rows, in the order of the results table.
import { data } from './data.ts';
import { editors, media } from './documents.ts';
import { charts, motion, scenes } from './drawing.ts';
import { kits, widgets } from './interface.ts';
import type { PackageCase } from './package-case.ts';
import { state } from './state.ts';
import { tools } from './tools.ts';

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
