// What the tests need of a browser, the same for every engine. Each engine keeps the hosts beyond loopback that it was made to ask for.

/** A document in a page: the page's own, or a frame's at any depth and of any origin. */
export interface EngineFrame {
  /** The address when the frame was listed. */
  readonly url: string;
  /**
   * Calls a function in the document and waits for its promise. Arguments and result travel as JSON.
   * @throws when the function throws, or the document is gone
   */
  evaluate<Args extends unknown[], Result>(
    pageFunction: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  /** Clicks the first element that matches the CSS selector as a mouse would, once it is there. */
  click(selector: string): Promise<void>;
}

/** A tab. */
export interface EnginePage {
  /** All documents, the page's own first, then frames in the order of the tree. */
  frames(): Promise<EngineFrame[]>;
  /** Loads the page anew, and returns after its load event. */
  reload(): Promise<void>;
  /** What any of its documents wrote to the console; undefined where the browser does not tell. */
  consoleLines(): string[] | undefined;
  /** A picture of what is visible, as PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A browser that is running. All its pages share one profile. */
export interface Engine {
  /** Name and version, e.g. `Firefox 140.4`. */
  readonly label: string;
  /** Hosts beyond loopback that pages and workers tried to reach; tests may take entries out. */
  readonly outsideHosts: string[];
  /** Opens a tab and returns after its load event. */
  open(url: string): Promise<EnginePage>;
  close(): Promise<void>;
}

/** How long engines wait for an element, in milliseconds. */
export const elementTimeoutMs = 15_000;
