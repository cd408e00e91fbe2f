// The measurement: all paths in turns, so that whatever else the machine does falls on all alike.
import type { Chromium } from './chromium.ts';
import { HostPage, type Render } from './host-page.ts';
import { NetworkLog, type TrafficByKind } from './network-log.ts';

/** Sandpack as it is published, and the kit with either engine. */
export const pathNames = ['stock', 'bundler', 'native'] as const;
export type PathName = (typeof pathNames)[number];
export const conditions = ['warm', 'cold'] as const;
/** warm: a profile that has shown the artifact before. cold: a new browser context. Servers are warm in both. */
export type Condition = (typeof conditions)[number];

/** One way to render: its host page, and where its bundler is. */
export interface RenderPath {
  hostPageUrl: string;
  bundlerUrl: string;
}

export interface Measured {
  renders: Render[];
  /** Of one more render, which was not timed. */
  traffic: TrafficByKind;
}

export type Results = Record<Condition, Record<PathName, Measured>>;

/**
 * Renders `artifact` by each path in each condition.
 * @param options `rounds`: renders of each; fewer when `deadlineMs` (on `performance.now()`'s clock) comes first, but three at least
 */
export async function measure(options: {
  chromium: Chromium;
  paths: Record<PathName, RenderPath>;
  artifact: string;
  rounds: number;
  deadlineMs: number;
  log: (line: string) => void;
  /** Called before and after the timed rounds of each condition. */
  checkAnswers: () => Promise<void>;
}): Promise<Results> {
  const { chromium, paths, artifact, rounds, deadlineMs, log, checkAnswers } = options;
  const results = {} as Results;
  // Scripts get into V8's code cache when they have been seen a few times: these rounds also warm the profile.
  for (const path of pathNames) await renderOnce(chromium, paths[path], artifact, false);
  for (const condition of conditions) {
    const isCold = condition === 'cold';
    const measured = {} as Record<PathName, Measured>;
    for (const path of pathNames)
      measured[path] = {
        renders: [],
        traffic: await recordTraffic(chromium, paths[path], artifact, isCold),
      };
    await checkAnswers();
    const conditionDeadlineMs = isCold ? deadlineMs : (performance.now() + deadlineMs) / 2;
    for (let round = 0; round < rounds; round += 1) {
      if (round >= 3 && performance.now() > conditionDeadlineMs) break;
      const order = round % 2 === 0 ? pathNames : [...pathNames].reverse();
      const times: string[] = [];
      for (const path of order) {
        const render = await renderOnce(chromium, paths[path], artifact, isCold);
        measured[path].renders.push(render);
        times.push(`${path} ${Math.round(render.firstPaintMs)} and ${render.renderMs} ms`);
      }
      log(`${condition} ${round + 1}/${rounds}, first paint and done: ${times.join(', ')}`);
    }
    await checkAnswers();
    results[condition] = measured;
  }
  return results;
}

async function renderOnce(
  chromium: Chromium,
  path: RenderPath,
  artifact: string,
  isCold: boolean,
): Promise<Render> {
  return inTab(chromium, path, isCold, (page) => page.render(artifact));
}

async function recordTraffic(
  chromium: Chromium,
  path: RenderPath,
  artifact: string,
  isCold: boolean,
): Promise<TrafficByKind> {
  return inTab(chromium, path, isCold, async (page) => {
    const network = await NetworkLog.record(page);
    await page.render(artifact);
    await network.untilQuiet();
    return network.byKind(new URL(path.bundlerUrl).host);
  });
}

async function inTab<T>(
  chromium: Chromium,
  path: RenderPath,
  isCold: boolean,
  use: (page: HostPage) => Promise<T>,
): Promise<T> {
  const context = isCold
    ? String((await chromium.send('Target.createBrowserContext')).browserContextId)
    : undefined;
  const page = await HostPage.open(chromium, path.hostPageUrl, context);
  const result = await use(page);
  await page.close();
  if (context !== undefined)
    await chromium.send('Target.disposeBrowserContext', { browserContextId: context });
  return result;
}
