import { describe, expect, it } from 'vitest';
import { parseGithubAddress, parseRawAddress, rangeOf } from './github-address.ts';

describe('parseGithubAddress', () => {
  it.each([
    ['lit/dist@3/core/lit-core.min.js', ['lit', 'dist', '3', 'core/lit-core.min.js']],
    ['jquery/jquery/dist/jquery.min.js', ['jquery', 'jquery', undefined, 'dist/jquery.min.js']],
    ['mrdoob/three.js@r128/build/three.js', ['mrdoob', 'three.js', 'r128', 'build/three.js']],
  ])('%s', (text, [owner, repository, ref, file]) => {
    expect(parseGithubAddress(text)).toEqual({ owner, repository, ref, file });
  });

  it.each(['', 'owner', 'owner/repository', 'owner/repository@1'])('“%s” names no file', (text) => {
    expect(parseGithubAddress(text)).toBeUndefined();
  });
});

describe('parseRawAddress', () => {
  it.each([
    ['d3/d3/v7.8.5/dist/d3.min.js', ['d3', 'd3', 'v7.8.5', 'dist/d3.min.js']],
    ['d3/d3/refs/heads/main/a.js', ['d3', 'd3', 'refs/heads/main', 'a.js']],
    ['d3/d3/refs/tags/v7.8.5/a.js', ['d3', 'd3', 'refs/tags/v7.8.5', 'a.js']],
  ])('%s', (text, [owner, repository, ref, file]) => {
    expect(parseRawAddress(text)).toEqual({ owner, repository, ref, file });
  });
});

describe('rangeOf', () => {
  it.each([
    [undefined, 'latest'],
    ['latest', 'latest'],
    ['master', 'latest'],
    ['main', 'latest'],
    ['refs/heads/main', 'latest'],
    ['v1.2.3', '1.2.3'],
    ['refs/tags/v1.2.3', '1.2.3'],
    ['1.2.3', '1.2.3'],
    ['6.0.0-beta3', '6.0.0-beta3'],
    ['r128', '0.128.0'],
    ['3', '^3.0.0'],
    ['v3', '^3.0.0'],
    ['11.9', '~11.9.0'],
    ['v2.x.x', '2.x.x'],
    ['^4.0.0', '^4.0.0'],
  ])('%s is %s', (ref, range) => {
    expect(rangeOf(ref)).toBe(range);
  });

  it.each(['5b1f6a0c', '1234567', 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678', 'my-feature'])(
    '%s is no release',
    (ref) => {
      expect(rangeOf(ref)).toBeUndefined();
    },
  );
});
