import { expect, it } from 'vitest';
import { findNearName } from './near-names.ts';

it.each([
  ['recharst', 'recharts'],
  ['date_fns', 'date-fns'],
  ['Three', 'three'],
  ['framer-moton', 'framer-motion'],
  ['radix-ui-react-dialog', '@radix-ui/react-dialog'],
  ['own-packge', 'own-package'],
  ['zq', undefined],
  ['something-else-entirely', undefined],
])('%s may mean %s', (name, expected) => {
  expect(findNearName(name, ['own-package'])).toBe(expected);
});

it('prefers what the artifact declares', () => {
  expect(findNearName('d3-arrow', [])).toBe('d3-array');
  expect(findNearName('d3-arrow', ['d3-arrows'])).toBe('d3-arrows');
});
