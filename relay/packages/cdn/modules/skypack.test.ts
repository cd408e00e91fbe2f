import { describe, expect, it } from 'vitest';
import { parseSkypackAddress } from './skypack.ts';

describe('parseSkypackAddress', () => {
  const hash = 'yH0aYV1FOvoIPeKBbHxg';

  it.each([
    ['/react', { name: 'react', range: undefined, path: '' }],
    ['/@scope/name@^1.0.0/sub', { name: '@scope/name', range: '^1.0.0', path: '/sub' }],
    [
      `/-/react@v17.0.1-${hash}/dist=es2019,mode=imports/optimized/react.js`,
      { name: 'react', range: '17.0.1', path: '' },
    ],
    [
      `/pin/three@v0.136.0-${hash}/mode=imports,min/unoptimized/examples/jsm/controls/OrbitControls.js`,
      { name: 'three', range: '0.136.0', path: '/examples/jsm/controls/OrbitControls.js' },
    ],
    [
      `/-/@scope/name@v1.0.0-beta.1-${hash}/dist=es2020,mode=imports/optimized/@scope/name.js`,
      { name: '@scope/name', range: '1.0.0-beta.1', path: '' },
    ],
    [
      `/-/react-dom@v17.0.1-${hash}/dist=es2019,mode=imports/optimized/react-dom/server.js`,
      { name: 'react-dom', range: '17.0.1', path: '/server.js' },
    ],
    [`/pin/react@v17.0.1-${hash}`, { name: 'react', range: '17.0.1', path: '' }],
  ])('%s', (address, expected) => {
    expect(parseSkypackAddress(address)).toEqual(expected);
  });

  it.each(['/', '/-/react@v17', '/-/react'])('%s names no package', (address) => {
    expect(parseSkypackAddress(address)).toBeUndefined();
  });
});
