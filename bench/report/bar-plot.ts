// Horizontal bars in groups, as SVG: no script, no fonts of its own, readable on light and on dark pages.

/** One group of bars. */
export interface BarGroup {
  label: string;
  /** One value a series; undefined where nothing was measured. */
  values: (number | undefined)[];
}

const colors = ['#3b82f6', '#94a3b8', '#d97706'];
const width = 760;
const labelWidth = 210;
const barHeight = 16;
const gap = 3;

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * Draws the plot.
 * @param plot `series` names the bars of each group in order; `format` writes a value beside its bar
 * @returns the text of an SVG file
 */
export function renderBarPlot(plot: {
  title: string;
  series: string[];
  groups: BarGroup[];
  format: (value: number) => string;
}): string {
  const { title, series, groups, format } = plot;
  const largest = Math.max(...groups.flatMap(({ values }) => values.filter((value) => value !== undefined)));
  const scale = (width - labelWidth - 90) / largest;
  const groupHeight = series.length * (barHeight + gap) + 16;
  const top = 64;
  const height = top + groups.length * groupHeight + 8;
  const legend = series.map(
    (name, index) =>
      `<rect x="${labelWidth + index * 175}" y="36" width="10" height="10" rx="2" fill="${colors[index]}"/><text x="${labelWidth + 16 + index * 175}" y="45">${escapeXml(name)}</text>`,
  );
  const bars = groups.flatMap(({ label, values }, group) => {
    const y = top + group * groupHeight;
    const middle = y + (series.length * (barHeight + gap)) / 2 + 2;
    const rows = values.map((value, index) => {
      const at = y + index * (barHeight + gap);
      if (value === undefined)
        return `<text x="${labelWidth}" y="${at + 12}" class="soft">not measured</text>`;
      const length = Math.max(1, Math.round(value * scale));
      return `<rect x="${labelWidth}" y="${at}" width="${length}" height="${barHeight}" rx="3" fill="${colors[index]}"/><text x="${labelWidth + length + 6}" y="${at + 12}">${escapeXml(format(value))}</text>`;
    });
    return [
      `<text x="${labelWidth - 12}" y="${middle}" text-anchor="end" class="label">${escapeXml(label)}</text>`,
      ...rows,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
<style>text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:#475569}.title{font-size:14px;font-weight:600}.label{font-weight:500}.soft{opacity:.6}@media(prefers-color-scheme:dark){text{fill:#cbd5e1}}</style>
<text x="0" y="18" class="title">${escapeXml(title)}</text>
${[...legend, ...bars].join('\n')}
</svg>
`;
}
