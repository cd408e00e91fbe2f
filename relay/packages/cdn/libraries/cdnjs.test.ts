import { describe, expect, it } from 'vitest';
import { sourcesOf } from './cdnjs.ts';
import { findLibrary } from './cdnjs-libraries.ts';

describe('findLibrary', () => {
  it.each([
    ['Chart.js', 'chart.js/dist'],
    ['chart.js', 'chart.js/dist'],
    ['lodash.js', 'lodash'],
    ['lodash', 'lodash'],
    ['moment.js', 'moment moment/min'],
    ['three.js', 'three/build three'],
  ])('knows where %s is', async (library, places) => {
    expect(await findLibrary(library)).toBe(places);
  });

  it('knows no library that cdnjs does not have', async () => {
    expect(await findLibrary('no-such-library')).toBeUndefined();
    expect(await findLibrary('__proto__')).toBeUndefined();
  });
});

describe('sourcesOf', () => {
  it("tries the library's folders, then the usual ones", () => {
    const [source] = sourcesOf('bootstrap/dist bootstrap', '5.3.2', 'css/bootstrap.min.css');
    expect(source).toMatchObject({ packageName: 'bootstrap', range: '5.3.2', anywhere: 'bootstrap.min.css' });
    expect(source?.paths).toEqual(['dist/css/bootstrap.min.css', 'css/bootstrap.min.css']);
    expect(source?.guesses).toContain('build/css/bootstrap.min.css');
  });

  it('takes the package that had the library at that version', () => {
    const row = 'font-awesome@<5 @fortawesome/fontawesome-free@>=5';
    const packages = (version: string): string[] =>
      sourcesOf(row, version, 'css/all.min.css').map(({ packageName }) => packageName);
    expect(packages('4.7.0')).toEqual(['font-awesome']);
    expect(packages('5.15.4')).toEqual(['@fortawesome/fontawesome-free']);
    expect(packages('6.0.0-beta3')).toEqual(['@fortawesome/fontawesome-free']);
  });

  it('names the package after the file where a library is several packages', () => {
    const packages = sourcesOf('angular *', '1.8.2', 'angular-route.min.js').map(
      (source) => source.packageName,
    );
    expect(packages).toEqual(['angular', 'angular-route']);
  });
});
