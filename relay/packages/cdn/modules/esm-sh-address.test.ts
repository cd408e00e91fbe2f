import { describe, expect, it } from 'vitest';
import { parseEsmShAddress } from './esm-sh-address.ts';

const plain = { range: undefined, path: '', raw: false, worker: undefined };
const context = { env: 'production', deps: {}, external: [] as string[] };

function parse(address: string) {
  const { pathname, searchParams } = new URL(address, 'https://esm.sh');
  return parseEsmShAddress(decodeURIComponent(pathname), searchParams);
}

describe('parseEsmShAddress', () => {
  it.each([
    ['/react', { name: 'react' }],
    ['/react@18.2.0', { name: 'react', range: '18.2.0' }],
    ['/react@%5E18', { name: 'react', range: '^18' }],
    ['/@scope/name@1/sub/path.js', { name: '@scope/name', range: '1', path: '/sub/path.js' }],
    ['/v135/react-dom@18.2.0/client', { name: 'react-dom', range: '18.2.0', path: '/client' }],
    ['/stable/react@18/es2022/react.mjs', { name: 'react', range: '18' }],
    ['/v135/react-dom@18/es2022/client.js', { name: 'react-dom', range: '18', path: '/client' }],
    ['/@scope/name@1/es2022/name.bundle.mjs', { name: '@scope/name', range: '1' }],
    ['/three/examples/jsm/', { name: 'three', path: '/examples/jsm/' }],
    ['/pkg?target=es2022&bundle&no-dts&exports=a', { name: 'pkg' }],
    ['/pkg@1/w.js?worker', { name: 'pkg', range: '1', path: '/w.js', worker: 'module' }],
    ['/pkg@1/w.js?worker=script', { name: 'pkg', range: '1', path: '/w.js', worker: 'script' }],
    ['/pkg@1/a.css?raw', { name: 'pkg', range: '1', path: '/a.css', raw: true }],
  ])('%s', (address, expected) => {
    expect(parse(address)).toEqual({ ...plain, context, ...expected });
  });

  it.each([
    ['/swr?deps=react@18.2.0,@scope/a@1,b', { deps: { react: '18.2.0', '@scope/a': '1', b: 'latest' } }],
    ['/swr?external=react,react-dom', { external: ['react', 'react-dom'] }],
    ['/*swr', { external: ['*'] }],
    ['/v135/*swr?external=react', { external: ['*'] }],
    ['/swr?dev', { env: 'development' }],
    ['/swr/es2022/swr.development.mjs', { env: 'development' }],
    ['/swr&dev&deps=react@17', { env: 'development', deps: { react: '17' } }],
  ])('%s has options', (address, expected) => {
    expect(parse(address)).toEqual({ ...plain, name: 'swr', context: { ...context, ...expected } });
  });

  it('has options before the path, for prefixes in import maps', () => {
    expect(parse('/react@18.2.0&dev/jsx-runtime')).toMatchObject({
      name: 'react',
      range: '18.2.0',
      path: '/jsx-runtime',
      context: { env: 'development' },
    });
  });

  it.each(['/', '/@scope', '//'])('%s names no package', (address) => {
    expect(parseEsmShAddress(address, new URLSearchParams())).toBeUndefined();
  });
});
