// Does a case's steps with a preview that is open in the playground, in any engine.
import { vi } from 'vitest';
import type { EngineFrame } from '../browsers/engines/engine.ts';
import type { Playground } from '../browsers/playground.ts';
import type { ArtifactCase, Step } from './artifact-case.ts';

/** How long a step may take on a busy machine, in milliseconds. */
const stepTimeoutMs = 10_000;

const react = 'application/vnd.react';

/**
 * Shows the artifact and does its steps; afterwards the preview has to be free of errors still.
 * @param shownBy what a React artifact has to be shown by
 * @throws Error that says which step failed, and what the preview shows instead
 */
export async function runCase(
  tab: Playground,
  { code, type = react, dependencies, files, steps }: ArtifactCase,
  shownBy: 'native' | 'bundler' = 'native',
): Promise<void> {
  await tab.run({ type, code, ...(dependencies && { dependencies }), ...(files && { files }) });
  await tab.ready();
  if (type === react) {
    const engine = await (await tab.artifactFrame()).evaluate(() =>
      'previewKitPack' in window ? 'native' : 'bundler',
    );
    if (engine !== shownBy) throw new Error(`The artifact is shown by the engine ${engine}.`);
  }
  for (const step of steps) await doStep(tab, step);
  await tab.ready();
}

async function doStep(tab: Playground, [kind, value]: Step): Promise<void> {
  try {
    if (kind === 'logged') await vi.waitUntil(async () => (await consoleJson(tab)).includes(value), waiting);
    else if (kind === 'see') await vi.waitUntil(async () => (await shown(tab)).includes(value), waiting);
    else if (kind === 'has') await vi.waitUntil(async () => has(tab, value), waiting);
    else await click(tab, value);
  } catch {
    const instead = kind === 'logged' ? await consoleJson(tab) : await shown(tab);
    throw new Error(`${kind} “${value}” failed; there is: ${instead.slice(0, 600)}`);
  }
}

const waiting = { timeout: stepTimeoutMs, interval: 30 };

/** The text that the preview shows, on one line. */
async function shown(tab: Playground): Promise<string> {
  const frame = await tab.artifactFrame();
  // While a document is replaced, it has no body.
  const text = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
  return text.replace(/\s+/g, ' ');
}

async function has(tab: Playground, selector: string): Promise<boolean> {
  const frame = await tab.artifactFrame();
  return frame.evaluate((wanted) => document.querySelector(wanted) !== null, selector).catch(() => false);
}

async function consoleJson(tab: Playground): Promise<string> {
  return (await tab.main()).evaluate(() => {
    const { messages } = (
      window as unknown as { playground: { messages: { type: string; log?: unknown }[] } }
    ).playground;
    return JSON.stringify(messages.filter(({ type }) => type === 'console').map(({ log }) => log));
  });
}

async function click(tab: Playground, label: string): Promise<void> {
  const frame = await tab.artifactFrame();
  await vi.waitUntil(() => markControl(frame, label), waiting);
  await frame.click('[data-case-click]');
}

/**
 * Marks the control of that text or label, so that an engine finds it by a selector.
 * @returns false when there is none, or it still moves: a mouse would miss it
 */
async function markControl(frame: EngineFrame, label: string): Promise<boolean> {
  return frame.evaluate(async (wanted) => {
    for (const marked of document.querySelectorAll('[data-case-click]'))
      marked.removeAttribute('data-case-click');
    const controls = [...document.querySelectorAll('button, a, [role="option"], [role="tab"]')];
    const control = controls.find(
      (element) =>
        element.getAttribute('aria-label') === wanted ||
        element.textContent?.replace(/\s+/g, ' ').trim() === wanted,
    );
    const place = () => JSON.stringify(control?.getBoundingClientRect());
    const before = place();
    await new Promise((done) => setTimeout(done, 60));
    if (!control?.isConnected || place() !== before) return false;
    control.setAttribute('data-case-click', '');
    return true;
  }, label);
}
