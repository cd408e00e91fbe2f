// The history of an artifact as a page in a tab of its own has it. In a frame, `history` is that of the whole tab: it counts the chat
// page's entries, and leads out of the artifact into them. React frames call this; the worker gives it to static pages as code.

/** What of a window it takes; the worker's own code knows no windows. */
interface Page {
  history: object;
  location: { reload(): void };
  /** https://html.spec.whatwg.org/#navigation-interface: the entries of this frame and no other. */
  navigation?: {
    currentEntry: { index: number } | null;
    entries(): { key: string }[];
    traverseTo(key: string): { committed?: Promise<unknown>; finished?: Promise<unknown> };
  };
}

/** In front of a static page's own code; on one line, so that lines of the page keep their numbers. */
export function ownHistoryCode(): string {
  return `(${ownHistory})(window);`.replaceAll('\n', ' ');
}

/**
 * Counts and travels among the artifact's own entries only; does nothing in browsers that cannot tell them. It stands for itself as
 * text, so it names nothing of this module.
 */
export function ownHistory({ history, location, navigation }: Page): void {
  if (!navigation?.currentEntry) return;
  /** Where the traversal leads that has not happened yet. */
  let aim: number | undefined;
  const go = (delta?: unknown): void => {
    const steps = Math.trunc(Number(delta ?? 0)) || 0;
    if (steps === 0) {
      location.reload();
      return;
    }
    const target = (aim ?? navigation.currentEntry?.index ?? 0) + steps;
    const entry = navigation.entries()[target];
    if (!entry) return;
    aim = target;
    const settle = () => {
      if (aim === target) aim = undefined;
    };
    const { committed, finished } = navigation.traverseTo(entry.key);
    committed?.then(settle, settle);
    /** One that another overtakes is rejected; `history` tells nobody. */
    finished?.catch(() => {});
  };
  Object.defineProperties(history, {
    length: { configurable: true, get: () => navigation.entries().length },
    go: { configurable: true, writable: true, value: go },
    back: { configurable: true, writable: true, value: () => go(-1) },
    forward: { configurable: true, writable: true, value: () => go(1) },
  });
}
