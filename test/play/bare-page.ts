// As much of a page as Tailwind's Play script touches, without a browser: what the script makes can be compared with what Tailwind
// makes in Node, hundreds of times a minute.

/** A page with the script running in it. */
export interface BarePage {
  /** What is in `window`; `tailwind` is the script's. */
  window: Record<string, unknown> & { tailwind: Record<string, unknown> & { config: unknown } };
  /** Values of `class` of the page's elements. */
  classes: string[];
  /** Texts of `<style type="text/tailwindcss">`. */
  own: string[];
  /** The script's styles, once all that happened so far has had its effect. */
  styles(): Promise<string>;
}

/** @param script the Play script; `before`: what is in `window` when it starts */
export function openBarePage(script: string, before: Record<string, unknown> = {}): BarePage {
  const classes: string[] = [];
  const own: string[] = [];
  const style = {
    textContent: '',
    isConnected: false,
    remove() {
      style.textContent = '';
    },
  };
  const observers: ((records: object[]) => void)[] = [];
  const document = {
    readyState: 'loading',
    documentElement: {},
    body: {},
    head: {
      append: (element: typeof style) => {
        element.isConnected = true;
      },
    },
    createElement: () => style,
    querySelectorAll: (selector: string) =>
      selector === '[class]'
        ? classes.map((value) => ({ getAttribute: () => value }))
        : own.map((textContent) => ({ textContent })),
  };
  class Observer {
    constructor(onChange: (records: object[]) => void) {
      observers.push(onChange);
    }
    observe(): void {}
    disconnect(): void {}
  }
  const window = before as BarePage['window'];
  new Function('window', 'document', 'MutationObserver', script)(window, document, Observer);
  return {
    window,
    classes,
    own,
    async styles() {
      for (const onChange of observers) onChange([]);
      // The script waits for nothing but itself.
      await new Promise((done) => setImmediate(done));
      return style.textContent;
    },
  };
}
