// A stage for the tests of one `describe` or file, and a browser context of its own for each test.
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Stage, startStage } from './stage.ts';

export interface Scene {
  /** There while tests run. */
  readonly stage: Stage;
  /** The running test's. */
  readonly context: BrowserContext;
}

/** @param options as {@link startStage} takes them */
export function prepareScene(options: Parameters<typeof startStage>[0]): Scene {
  const scene = {} as { stage: Stage; context: BrowserContext };
  beforeAll(async () => {
    scene.stage = await startStage(options);
  });
  afterAll(() => scene.stage?.close());
  beforeEach(async () => {
    scene.context = await scene.stage.newContext();
    scene.stage.forget();
  });
  afterEach(() => scene.context.close());
  return scene;
}
