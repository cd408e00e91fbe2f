// The form of the native engine's cases: a small artifact, as models write them, and what proves that it works.

/** What is done with a preview, in order. */
export type Step =
  /** Waits until the preview shows this text. */
  | readonly ['see', text: string]
  /** Clicks the button, link or other control whose whole text or label this is. */
  | readonly ['click', text: string]
  /** Waits until the chat page has heard this of the artifact's console, as JSON of Sandpack's `console` messages. */
  | readonly ['logged', json: string];

export interface NativeCase {
  /** What the artifact does, as the subject of a sentence. */
  name: string;
  code: string;
  /** Replaces the set that LibreChat declares. */
  dependencies?: Record<string, string>;
  /** Files beside `/App.tsx`, by absolute path. */
  files?: Record<string, string>;
  steps: readonly Step[];
}
