// A WebDriver session: the few commands that the tests need. https://www.w3.org/TR/webdriver2/
// A session has one current frame, so whatever depends on it runs under a lock.

/** Iframe elements from the top document down, each within the frame before; empty for the top document itself. */
type FramePath = readonly ElementReference[];
type ElementReference = Record<string, string>;

const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/** The driver refused a command; `code` is the protocol's, e.g. `no such frame`. */
export class WebDriverError extends Error {
  override readonly name = 'WebDriverError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

export class WebDriverSession {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly endpoint: string,
    readonly capabilities: Record<string, unknown>,
    /** Stays open: a session needs a window to open others from. */
    readonly firstWindow: string,
  ) {}

  /**
   * Starts a browser.
   * @param driver address of the driver
   */
  static async start(driver: string, capabilities: Record<string, unknown>): Promise<WebDriverSession> {
    const answer = (await command(driver, 'POST', '/session', {
      capabilities: { alwaysMatch: capabilities },
    })) as { sessionId: string; capabilities: Record<string, unknown> };
    const endpoint = `${driver}/session/${answer.sessionId}`;
    const firstWindow = (await command(endpoint, 'GET', '/window')) as string;
    return new WebDriverSession(endpoint, answer.capabilities, firstWindow);
  }

  /** Ends the session, and with it the browser. */
  async end(): Promise<void> {
    await command(this.endpoint, 'DELETE', '');
  }

  /** Opens a window: a tab in the background would not be drawn. @returns its handle */
  async openWindow(): Promise<string> {
    const { handle } = (await this.#inFrame(this.firstWindow, [], () =>
      this.#post('/window/new', { type: 'window' }),
    )) as { handle: string };
    return handle;
  }

  closeWindow(handle: string): Promise<void> {
    return this.#inFrame(handle, [], async () => void (await command(this.endpoint, 'DELETE', '/window')));
  }

  goto(handle: string, url: string): Promise<void> {
    return this.#inFrame(handle, [], async () => void (await this.#post('/url', { url })));
  }

  reload(handle: string): Promise<void> {
    return this.#inFrame(handle, [], async () => void (await this.#post('/refresh', {})));
  }

  screenshot(handle: string): Promise<Uint8Array> {
    return this.#inFrame(handle, [], async () =>
      Buffer.from((await command(this.endpoint, 'GET', '/screenshot')) as string, 'base64'),
    );
  }

  /** All frames with their addresses, depth first; those that vanish meanwhile are left out. */
  listFrames(handle: string): Promise<{ path: FramePath; url: string }[]> {
    return this.#locked(async () => {
      const found: { path: FramePath; url: string }[] = [];
      const visit = async (path: FramePath): Promise<void> => {
        try {
          await this.#switchTo(handle, path);
          found.push({
            path,
            url: (await this.#post('/execute/sync', { script: 'return location.href', args: [] })) as string,
          });
          const frames = (await this.#post('/elements', {
            using: 'css selector',
            value: 'iframe',
          })) as ElementReference[];
          for (const frame of frames) await visit([...path, frame]);
        } catch (error) {
          if (!(error instanceof WebDriverError)) throw error;
        }
      };
      await visit([]);
      return found;
    });
  }

  /** Calls a function in a frame and waits for its promise. */
  async call(handle: string, path: FramePath, pageFunction: string, args: unknown[]): Promise<unknown> {
    const outcome = (await this.#inFrame(handle, path, () =>
      this.#post('/execute/async', {
        script: `const settle = arguments[arguments.length - 1];
(async () => (${pageFunction})(...arguments[0]))().then((value) => settle({ value }), (error) => settle({ error: String(error) }));`,
        args: [args],
      }),
    )) as { value?: unknown; error?: string };
    if (outcome.error !== undefined) throw new Error(outcome.error);
    return outcome.value;
  }

  /** Clicks as a mouse would. @throws WebDriverError while there is no such element, or something covers it */
  click(handle: string, path: FramePath, selector: string): Promise<void> {
    return this.#inFrame(handle, path, async () => {
      const element = (await this.#post('/element', {
        using: 'css selector',
        value: selector,
      })) as ElementReference;
      await this.#post(`/element/${element[elementKey]}/click`, {});
    });
  }

  #inFrame<Result>(handle: string, path: FramePath, use: () => Promise<Result>): Promise<Result> {
    return this.#locked(async () => {
      await this.#switchTo(handle, path);
      return use();
    });
  }

  async #switchTo(handle: string, path: FramePath): Promise<void> {
    await this.#post('/window', { handle });
    for (const id of [null, ...path]) await this.#post('/frame', { id });
  }

  #post(path: string, body: unknown): Promise<unknown> {
    return command(this.endpoint, 'POST', path, body);
  }

  #locked<Result>(use: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(use, use);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

async function command(endpoint: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(endpoint + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: { error: string; message: string } };
  if (!response.ok) throw new WebDriverError(value.error, value.message);
  return value;
}
