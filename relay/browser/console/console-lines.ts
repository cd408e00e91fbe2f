// The artifact's console, as the lines of Sandpack's `console` messages. One listener for every preview: the native engine's page, the
// bundler's, and static pages. No call of the console throws because of it, and a flood costs the artifact little.
import { type Allowance, allowLine, valueText } from './console-text.ts';
import { encodeValue } from './console-value.ts';
import { forPreview, MessageBudget } from './message-budget.ts';

/** One line. `id` differs from that of any other line. */
export interface ConsoleLine {
  method: 'log' | 'debug' | 'info' | 'warn' | 'error' | 'table' | 'clear';
  id: string;
  data: unknown[];
}

type Method = ConsoleLine['method'];
/** What a call says; undefined when it says nothing. */
type Telling = (values: unknown[], left: Allowance) => [Method, unknown[]] | undefined;

const plainly =
  (method: Method): Telling =>
  (values, left) => [method, formatted(values, left)];

/** Readers know few methods by name; the others become what a browser's console prints. */
function tellings(): Record<string, Telling> {
  const counts = new Map<string, number>();
  const starts = new Map<string, number>();
  const labelOf = (values: unknown[], left: Allowance) =>
    values[0] === undefined ? 'default' : valueText(values[0], left);
  const elapsed: Telling = (values, left) => {
    const label = labelOf(values, left);
    const start = starts.get(label);
    if (start === undefined) return ['warn', [`Timer '${label}' does not exist`]];
    return ['log', [`${label}: ${(performance.now() - start).toFixed(1)} ms`, ...values.slice(1)]];
  };
  return {
    log: plainly('log'),
    debug: plainly('debug'),
    info: plainly('info'),
    warn: plainly('warn'),
    error: plainly('error'),
    group: plainly('log'),
    groupCollapsed: plainly('log'),
    dirxml: plainly('log'),
    dir: (values) => ['log', values.slice(0, 1)],
    table: (values) => ['table', values.slice(0, 1)],
    trace: (values, left) => ['log', ['Trace:', ...formatted(values, left)]],
    clear: () => ['clear', []],
    assert: ([holds, ...values], left) =>
      holds ? undefined : ['error', ['Assertion failed:', ...formatted(values, left)]],
    count(values, left) {
      const label = labelOf(values, left);
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      return ['log', [`${label}: ${count}`]];
    },
    countReset(values, left) {
      counts.delete(labelOf(values, left));
      return undefined;
    },
    time(values, left) {
      starts.set(labelOf(values, left), performance.now());
      return undefined;
    },
    timeLog: elapsed,
    timeEnd(values, left) {
      const told = elapsed(values.slice(0, 1), left);
      starts.delete(labelOf(values, left));
      return told;
    },
  };
}

/** Calls `pass` for each line that is logged from now on, up to what a reader can stand; the browser's own console has all. */
export function listenToConsole(pass: (line: ConsoleLine) => void): void {
  const budget = new MessageBudget(performance.now(), forPreview);
  let count = 0;
  // A getter of what is logged may log; that is the browser's own console's alone.
  let isTelling = false;
  let isNoticeDue = false;
  const passLine = (method: Method, data: unknown[]) => {
    count += 1;
    pass({ method, id: `${performance.timeOrigin}-${count}`, data });
  };
  const tellDropped = () => {
    isNoticeDue = false;
    const dropped = budget.takeDropped();
    if (dropped > 0)
      passLine('warn', [`[preview-kit] ${dropped} lines more: the browser’s own console has them.`]);
  };
  const tell = (telling: Telling, values: unknown[]) => {
    if (isTelling) return;
    isTelling = true;
    try {
      if (budget.take(performance.now())) {
        const left = allowLine();
        const told = telling(values, left);
        if (told)
          passLine(
            told[0],
            told[1].map((value) => encodeValue(value, left)),
          );
      } else if (!isNoticeDue) {
        isNoticeDue = true;
        // A second from when the artifact comes to rest: whoever reads is busy with the flood until then.
        setTimeout(() => setTimeout(tellDropped, 1_000));
      }
    } finally {
      isTelling = false;
    }
  };
  const console = window.console as unknown as Record<string, ((...values: unknown[]) => void) | undefined>;
  for (const [method, telling] of Object.entries(tellings())) {
    const original = console[method];
    console[method] = (...values) => {
      original?.apply(window.console, values);
      tell(telling, values);
    };
  }
}

/** Puts values into a format string: https://console.spec.whatwg.org/#formatter. Styles have nowhere to go. */
function formatted(values: unknown[], left: Allowance): unknown[] {
  const [format, ...rest] = values;
  if (typeof format !== 'string' || rest.length === 0 || !format.includes('%')) return values;
  let at = 0;
  const text = format.replace(/%[sdifoOc%]/g, (specifier) => {
    if (specifier === '%%') return '%';
    if (at >= rest.length) return specifier;
    const value = rest[at];
    at += 1;
    if (specifier === '%c') return '';
    if (specifier === '%d' || specifier === '%i')
      return typeof value === 'object' ? 'NaN' : numberText(value, Math.trunc, left);
    return specifier === '%f' ? numberText(value, (number) => number, left) : valueText(value, left);
  });
  return [text, ...rest.slice(at)];
}

function numberText(value: unknown, shape: (number: number) => number, left: Allowance): string {
  if (typeof value === 'bigint') return valueText(value, left);
  return typeof value === 'string' || typeof value === 'number'
    ? String(shape(Number.parseFloat(String(value))))
    : 'NaN';
}
