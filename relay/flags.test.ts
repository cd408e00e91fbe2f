import { expect, it } from 'vitest';
import { helpRows, parseFlags, UsageError } from './flags.ts';

const flags = {
  port: { type: 'string', form: 'port', help: 'Where it listens.' },
  map: { type: 'string', multiple: true, help: 'May come twice.' },
  json: { type: 'boolean', help: 'Print JSON.' },
} as const;

it('reads flags by their types', () => {
  const { values, positionals } = parseFlags(['--port=1', '--map', 'a', '--map', 'b', 'file'], flags, true);
  expect({ ...values }).toEqual({ port: '1', map: ['a', 'b'] });
  expect(positionals).toEqual(['file']);
});

it.each([
  [['--prot', '1'], "Unknown option '--prot'."],
  [['--port'], "Option '--port <value>' argument missing."],
  [['--json=1'], "Option '--json' does not take an argument."],
  [['file'], /^Unexpected argument 'file'\. This command does not take positional arguments\.$/],
])('says what is wrong with %j, in a sentence of its own', (args, message) => {
  expect(() => parseFlags(args, flags)).toThrow(UsageError);
  expect(() => parseFlags(args, flags)).toThrow(message);
  expect(() => parseFlags(args, flags)).not.toThrow(/To specify/);
});

it('shows each flag with its form', () => {
  expect(helpRows(flags)).toBe(
    '  --port <port>\n      Where it listens.\n  --map\n      May come twice.\n  --json\n      Print JSON.',
  );
});
