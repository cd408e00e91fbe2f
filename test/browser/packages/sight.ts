// Looks at a rendered artifact until it shows what its row expects.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import type { Sight } from './package-case.ts';

const everyMs = 100;
const isDone = () => true;
const isNotDone = () => false;

/**
 * Waits until all of `sight` is there.
 * @param eye an empty page that counts the colours of screenshots
 * @returns undefined, or what is missing after `timeoutMs`
 */
export async function lookFor(
  frame: Frame,
  eye: Page,
  sight: Sight,
  timeoutMs: number,
): Promise<string | undefined> {
  const deadline = Date.now() + timeoutMs;
  let pressAgainAt = Date.now();
  for (;;) {
    if (sight.press !== undefined && Date.now() >= pressAgainAt) {
      // Sandpack may evaluate an artifact a second time, which undoes the first press.
      pressAgainAt = Date.now() + timeoutMs / 3;
      const button = frame.locator(sight.press).first();
      if (!(await button.click({ timeout: timeoutMs / 3 }).then(isDone, isNotDone))) {
        if (Date.now() > deadline) return `${sight.press} cannot be pressed`;
        continue;
      }
    }
    const missing = await whatIsMissing(frame, eye, sight).catch((error: Error) => error.message);
    if (missing === undefined || Date.now() > deadline) return missing;
    await sleep(everyMs);
  }
}

async function whatIsMissing(frame: Frame, eye: Page, sight: Sight): Promise<string | undefined> {
  const selector = sight.in ?? '#out';
  const found = frame.locator(selector);
  const count = await found.count();
  if (count < (sight.count ?? 1)) return `${count} of ${sight.count ?? 1} ${selector}`;
  const first = found.first();
  const { text, style, painted } = sight;
  if (text !== undefined) {
    const shown = (await first.textContent()) ?? '';
    if (typeof text === 'string' ? !shown.includes(text) : !text.test(shown))
      return `${selector} says “${shown.slice(0, 200)}”, not “${text}”`;
  }
  if (style) {
    const [property, wanted] = style;
    const value = await first.evaluate((e, name) => getComputedStyle(e).getPropertyValue(name), property);
    if (typeof wanted === 'string' ? value !== wanted : !wanted.test(value))
      return `${property} of ${selector} is ${value}, not ${wanted}`;
  }
  if (painted) {
    const colours = await countColours(eye, await first.screenshot({ timeout: 5000 }));
    if (colours < 3) return `${selector} has ${colours} colours only`;
  }
  return undefined;
}

/** Colours, in steps of 16, that cover at least four pixels. */
async function countColours(eye: Page, png: Buffer): Promise<number> {
  return eye.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const pixels = new Map<number, number>();
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
      const colour = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
      pixels.set(colour, (pixels.get(colour) ?? 0) + 1);
    }
    return [...pixels.values()].filter((covered) => covered >= 4).length;
  }, png.toString('base64'));
}
