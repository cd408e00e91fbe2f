import { describe, expect, it } from 'vitest';
import { sourcesOf } from './github-file.ts';
import { githubRepositories } from './github-repositories.ts';

const pathsOf = (places: string, file: string) =>
  sourcesOf(places, '1.0.0', file).map(({ packageName, paths }) => `${packageName}/${paths[0]}`);

describe('the places of a repository', () => {
  it.each([
    ['chart.js', 'dist/chart.js', ['chart.js/dist/chart.js']],
    ['p5 p5/lib', 'lib/p5.js', ['p5/lib/p5.js', 'p5/lib/lib/p5.js']],
    ['build=@highlightjs/cdn-assets', 'build/styles/a.css', ['@highlightjs/cdn-assets/styles/a.css']],
    ['build=@highlightjs/cdn-assets', 'builder/a.css', []],
    ['packages/*=@alpinejs/*', 'packages/mask/dist/cdn.js', ['@alpinejs/mask/dist/cdn.js']],
    ['v/latest=@twemoji/api/dist', 'v/latest/twemoji.js', ['@twemoji/api/dist/twemoji.js']],
  ])('%s for %s', (places, file, found) => {
    expect(pathsOf(places, file)).toEqual(found);
  });

  it('are rows for repositories in lower case', () => {
    for (const key of Object.keys(githubRepositories)) expect(key).toMatch(/^[a-z0-9.-]+\/[a-z0-9.-]+$/);
  });
});
