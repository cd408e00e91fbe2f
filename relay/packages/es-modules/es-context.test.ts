// One way to write each context, and addresses that cannot be anything else.
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './es-address.ts';
import { formatContext, makeContext, parseContext, plainContext } from './es-context.ts';

const context = makeContext({
  env: 'development',
  deps: { react: '18.2.0', '@emotion/react': '11.0.0-rc.1' },
  external: ['vue', '@a/b', 'vue'],
});
const segment = '~deps=@emotion:react@11.0.0-rc.1,react@18.2.0&dev&external=@a:b,vue';

describe('A context', () => {
  it('is written sorted, and read back', () => {
    expect(formatContext(context)).toBe(segment);
    expect(parseContext(segment)).toEqual(context);
    expect(formatContext(plainContext)).toBe('');
  });

  it.each([
    '~',
    '~dev&dev',
    '~external=vue,@a:b',
    '~dev&deps=react@18.2.0',
    '~deps=react@^18',
    '~deps=../x@1.0.0',
    '~deps=react',
    '~other=1',
    '~external=',
    '~external=..',
  ])('is refused when it is not written so: %s', (text) => {
    expect(() => parseContext(text)).toThrow();
  });
});

describe('An address', () => {
  it.each([
    { context, name: '@scope/part', version: '1.0.0-beta.2', file: 'dist/a b.js' },
    { context: plainContext, name: 'react', version: '18.3.1', file: '.kit/chunk-0.js' },
  ])('is read back: $name', (address) => {
    const path = formatAddress(address);
    expect(path.startsWith('/-/esm/2/')).toBe(true);
    expect(parseAddress(decodeURIComponent(path.slice('/-/esm/'.length)))).toEqual(address);
  });

  it('of the kit’s own modules is a name', () => {
    expect(parseAddress('2/.kit/process.js')).toBe('process');
  });

  it.each([
    '',
    '2',
    '2/react',
    '2/react@18.3.1',
    '2/react@18.3.1/',
    '0/react@18.3.1/a.js',
    '2/react@18.3.1/../a.js',
    '2/react@18.3.1//a',
  ])('is none: %s', (path) => {
    expect(parseAddress(path)).toBeUndefined();
  });

  it.each(['2/..@1.0.0/a.js', '2/react@latest/a.js', '2/react@^18/a.js', '2/~deps=x/react@18.3.1/a.js'])(
    'names no version: %s',
    (path) => {
      expect(() => parseAddress(path)).toThrow();
    },
  );
});
