// The class that Google's stylesheets bring along with an icon font: `<i class="material-icons">home</i>`. The name of the icon is a
// ligature, so nothing may transform or break it.
import type { FontRequest } from './font-query.ts';
import type { FontFamily } from './fontsource.ts';

const iconFamily = /^material-(icons|symbols)(-|$)/;
const declarations: Readonly<Record<string, string>> = {
  'font-weight': 'normal',
  'font-style': 'normal',
  'font-size': '24px',
  'line-height': '1',
  'letter-spacing': 'normal',
  'text-transform': 'none',
  display: 'inline-block',
  'white-space': 'nowrap',
  'word-wrap': 'normal',
  direction: 'ltr',
  'font-feature-settings': "'liga'",
  '-webkit-font-smoothing': 'antialiased',
};

/** The rule for a family of icons; '' for any other. Axes with one value, such as `FILL@1`, are set in it. */
export function iconClass({ id, name }: FontFamily, { styles }: FontRequest): string {
  if (!iconFamily.test(id)) return '';
  const single = Object.entries(styles[0]?.axes ?? {}).filter(([, [from, to]]) => from === to);
  const settings = single.map(([axis, [value]]) => `'${axis}' ${value}`).join(', ');
  const all = {
    'font-family': `'${name}'`,
    ...declarations,
    ...(settings === '' ? {} : { 'font-variation-settings': settings }),
  };
  const lines = Object.entries(all).map(([property, value]) => `  ${property}: ${value};`);
  return `.${id} {\n${lines.join('\n')}\n}\n`;
}
