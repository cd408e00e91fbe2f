import { describe, expect, it } from 'vitest';
import { type FontStyle, parseFontQuery } from './font-query.ts';

function parse(address: string) {
  const { pathname, searchParams } = new URL(address, 'https://fonts.googleapis.com');
  return parseFontQuery(pathname, searchParams);
}
const style = (from: number, to = from, isItalic = false, axes: FontStyle['axes'] = {}): FontStyle => ({
  isItalic,
  weight: [from, to],
  axes,
});

describe('/css2', () => {
  it('reads families with weights, italics and spans', () => {
    const query =
      '/css2?family=Inter:ital,wght@0,400;1,700&family=Roboto+Mono:wght@100..900&family=Lato&display=swap';
    expect(parse(query)).toEqual({
      display: 'swap',
      fonts: [
        { family: 'Inter', styles: [style(400), style(700, 700, true)] },
        { family: 'Roboto Mono', styles: [style(100, 900)] },
        { family: 'Lato', styles: [style(400)] },
      ],
    });
  });

  it('reads axes of any name', () => {
    const { fonts } = parse(
      '/css2?family=Material+Symbols+Outlined:opsz,wght,FILL,GRAD@20..48,100..700,0..1,-50..200',
    ) as NonNullable<ReturnType<typeof parse>>;
    expect(fonts).toEqual([
      {
        family: 'Material Symbols Outlined',
        styles: [style(100, 700, false, { opsz: [20, 48], FILL: [0, 1], GRAD: [-50, 200] })],
      },
    ]);
  });

  it.each([
    ['Inter:ital@0;1', [style(400), style(400, 400, true)]],
    ['Inter:ital,wght@0..1,300', [style(300), style(300, 300, true)]],
    ['Inter:wght@400;nonsense;700', [style(400), style(700)]],
    ['Inter:ital,wght@400', [style(400)]],
    ['Inter:400,700', [style(400), style(700)]],
  ])('%s', (family, styles) => {
    expect(parse(`/css2?family=${family}`)?.fonts).toEqual([{ family: 'Inter', styles }]);
  });
});

describe('/css and /icon', () => {
  it.each([
    ['Roboto:400,700', [style(400), style(700)]],
    ['Roboto:300italic,400i', [style(300, 300, true), style(400, 400, true)]],
    ['Roboto:regular,bold,bi,italic', [style(400), style(700), style(700, 700, true), style(400, 400, true)]],
    ['Roboto:light,thin:latin,greek', [style(300), style(100)]],
    ['Roboto:,x', [style(400)]],
    ['Roboto', [style(400)]],
  ])('%s', (family, styles) => {
    expect(parse(`/css?family=${family}`)?.fonts).toEqual([{ family: 'Roboto', styles }]);
  });

  it('take several families in one value', () => {
    const families = parse('/css?family=Roboto:400|Open+Sans:300italic&display=never')?.fonts;
    expect(families?.map(({ family }) => family)).toEqual(['Roboto', 'Open Sans']);
    expect(parse('/icon?family=Material+Icons|Material+Icons+Outlined')?.fonts).toHaveLength(2);
  });
});

describe('What is no query', () => {
  it.each(['/css2', '/css2?family=', '/css3?family=Inter', '/', "/css2?family=I'; x", '/css2?family=../x'])(
    '%s',
    (address) => {
      expect(parse(address)).toBeUndefined();
    },
  );
});
