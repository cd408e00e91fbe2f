import { expect, it } from 'vitest';
import { contentOf } from './publish.ts';

it('gives an artifact the form that the API takes', () => {
  expect(contentOf({ type: 'text/markdown', code: '# Tides' })).toEqual({
    type: 'markdown',
    content: '# Tides',
  });
  expect(
    contentOf({
      type: 'application/vnd.react',
      code: 'x',
      files: { '/a.ts': '1' },
      dependencies: { d3: '7' },
    }),
  ).toEqual({ type: 'react', content: 'x', files: { '/a.ts': '1' }, dependencies: { d3: '7' } });
});
