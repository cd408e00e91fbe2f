// The form of a case: a small artifact, as models write them, and what proves that it works.

/** What is done with a preview, in order. */
export type Step =
  /** Waits until the preview shows this text. */
  | readonly ['see', text: string]
  /** Clicks the button, link or other control whose whole text or label this is. */
  | readonly ['click', text: string]
  /** Waits until the preview has an element for this CSS selector. */
  | readonly ['has', selector: string]
  /** Waits until the chat page has heard this of the artifact's console, as JSON of Sandpack's `console` messages. */
  | readonly ['logged', json: string];

export interface ArtifactCase {
  /** What the artifact does, as the subject of a sentence. */
  name: string;
  code: string;
  /** LibreChat's type of artifact; `application/vnd.react` when left out. */
  type?: 'application/vnd.react' | 'text/html' | 'image/svg+xml' | 'text/markdown';
  /** Of React artifacts: replaces the set that LibreChat declares. */
  dependencies?: Record<string, string>;
  /** Of React artifacts: files beside `/App.tsx`, by absolute path. */
  files?: Record<string, string>;
  steps: readonly Step[];
}

/** A case of what people reported broken elsewhere. React artifacts are shown by both engines. */
export interface FieldCase extends ArtifactCase {
  /** Whether it depends on the browser: then Firefox and WebKit show it too. */
  everywhere?: boolean;
  /** Of React artifacts: why the bundler cannot show it. */
  notWithBundler?: string;
  /** Of React artifacts: why the native engine leaves it to the bundler. */
  bundlerOnly?: string;
}
