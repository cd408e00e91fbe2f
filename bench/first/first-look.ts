// A newcomer's first look: opens the playground in a fresh browser and waits until its dashboard can be seen.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chromium, Json } from '../render/chromium.ts';

const timeoutMs = 60_000;
const everyMs = 50;
/** Both charts are drawn, and Tailwind has set the heading: what a person would call “it is there”. */
const isVisible = `(() => {
  const heading = document.querySelector('h1');
  return document.querySelectorAll('svg.recharts-surface').length >= 2 && heading !== null
    && heading.getBoundingClientRect().height > 0 && getComputedStyle(heading).fontSize === '24px';
})()`;

/**
 * Opens the playground.
 * @returns ms from the start of the navigation until the first sample can be seen
 * @throws Error when it does not show
 */
export async function timeFirstLook(chromium: Chromium, playgroundUrl: string): Promise<number> {
  const startedAt = performance.now();
  await chromium.send('Target.createTarget', { url: playgroundUrl });
  const sessions = new Map<string, string>();
  while (performance.now() - startedAt < timeoutMs) {
    if (await showsArtifact(chromium, sessions)) return performance.now() - startedAt;
    await sleep(everyMs);
  }
  throw new Error(`The dashboard did not show within ${timeoutMs / 1000} s.`);
}

async function showsArtifact(chromium: Chromium, sessions: Map<string, string>): Promise<boolean> {
  const { targetInfos } = (await chromium.send('Target.getTargets')) as {
    targetInfos: { targetId: string; type: string; url: string }[];
  };
  const frame = targetInfos.find(
    ({ type, url }) => type === 'iframe' && /^http:\/\/r[a-z0-9]+-preview\./.test(url),
  );
  if (!frame) return false;
  try {
    const session = sessions.get(frame.targetId) ?? (await attach(chromium, frame.targetId));
    sessions.set(frame.targetId, session);
    const { result } = (await chromium.send(
      'Runtime.evaluate',
      { expression: isVisible, returnByValue: true },
      session,
    )) as { result?: Json };
    return result?.value === true;
  } catch {
    // The frame was replaced meanwhile.
    return false;
  }
}

async function attach(chromium: Chromium, targetId: string): Promise<string> {
  const { sessionId } = await chromium.send('Target.attachToTarget', { targetId, flatten: true });
  return String(sessionId);
}
