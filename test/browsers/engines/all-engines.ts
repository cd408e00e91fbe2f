// The engines that the kit is tried in.
import { startChromium } from './chromium.ts';
import type { Engine } from './engine.ts';
import { startFirefox } from './firefox.ts';
import { startWebKit } from './webkit.ts';

export const engines: { name: string; start: () => Promise<Engine> }[] = [
  { name: 'Chromium', start: startChromium },
  { name: 'Firefox', start: () => startFirefox() },
  { name: 'WebKitGTK', start: startWebKit },
];
