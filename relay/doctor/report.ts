// What the doctor shows on a terminal: findings in groups, what is wrong with expectation and remedy, and a summary.
import { type Check, groups } from './check.ts';
import type { Finding, Level } from './finding.ts';

/** The result of a run, as `--json` prints it. */
export interface Report {
  /** Nothing failed. */
  ok: boolean;
  /** Origin of previews. */
  url: string;
  /** ISO 8601. */
  checkedAt: string;
  findings: Finding[];
}

const marks: Record<Level, string> = { ok: '✓', warn: '!', fail: '✗', skip: '–' };
const colors: Record<Level, number> = { ok: 32, warn: 33, fail: 31, skip: 90 };
const labels = { expected: 'expected', found: 'found', remedy: 'fix' } as const;
const labelWidth = 10;

interface Style {
  paint(level: Level, text: string): string;
  width: number;
  titleWidth: number;
}

/**
 * The report as text, without a newline at its end.
 * @param options `color`: use ANSI colours; `width`: columns; `ms`: how long it took
 */
export function formatReport(
  { findings }: Report,
  checks: readonly Check[],
  options: { heading: string; color: boolean; width: number; ms: number },
): string {
  const style: Style = {
    paint: (level, text) => (options.color ? `\u001b[${colors[level]}m${text}\u001b[0m` : text),
    width: Math.max(40, Math.min(options.width, 110)),
    titleWidth: Math.max(...checks.map(({ title }) => title.length)),
  };
  const lines = [options.heading];
  const told = new Set<string>();
  for (const group of groups) {
    const ids = new Set(checks.filter((check) => check.group === group).map(({ id }) => id));
    const own = findings.filter(({ id }) => ids.has(id));
    if (own.length === 0) continue;
    lines.push('', group);
    for (const run of runsOfSkips(own)) {
      const [finding] = run as [Finding];
      if (finding.level === 'ok') lines.push(describeOk(finding, style));
      else if (finding.level === 'skip') lines.push(...describeSkips(run, told, style));
      else lines.push(...describeFault(finding, style));
    }
  }
  return [...lines, '', summary(findings, options.ms, style)].join('\n');
}

/** Neighbours that were skipped for the same reason are told as one. */
function runsOfSkips(findings: Finding[]): Finding[][] {
  const runs: Finding[][] = [];
  for (const finding of findings) {
    const last = runs.at(-1);
    const before = last?.[0];
    if (
      last &&
      before &&
      finding.level === 'skip' &&
      before.level === 'skip' &&
      before.found === finding.found
    )
      last.push(finding);
    else runs.push([finding]);
  }
  return runs;
}

function describeOk({ title, found }: Finding, { paint, width, titleWidth }: Style): string {
  const room = Math.max(10, width - titleWidth - 6);
  return `  ${paint('ok', marks.ok)} ${title.padEnd(titleWidth + 2)}${found.length > room ? `${found.slice(0, room - 1)}…` : found}`;
}

/** @param told remedies that were shown already */
function describeSkips(run: Finding[], told: Set<string>, { paint, width, titleWidth }: Style): string[] {
  const [{ title, found, remedy }] = run as [Finding];
  const head = run.length === 1 ? title : `${run.length} checks`;
  const text = remedy === '' || told.has(remedy) ? found : `${found}. ${remedy}`;
  told.add(remedy);
  return wrap(text, Math.max(20, width - titleWidth - 6)).map((line, index) =>
    index === 0
      ? `  ${paint('skip', `${marks.skip} ${head.padEnd(titleWidth + 2)}${line}`)}`
      : paint('skip', `${' '.repeat(titleWidth + 6)}${line}`),
  );
}

function describeFault(finding: Finding, { paint, width }: Style): string[] {
  const parts = Object.entries(labels).flatMap(([key, label]) => {
    const text = finding[key as keyof typeof labels];
    if (text === '') return [];
    return wrap(text, width - 6 - labelWidth).map(
      (line, index) => `      ${(index === 0 ? label : '').padEnd(labelWidth)}${line}`,
    );
  });
  return [`  ${paint(finding.level, `${marks[finding.level]} ${finding.title}`)}`, ...parts];
}

function summary(findings: Finding[], ms: number, { paint }: Style): string {
  const count = (level: Level): number => findings.filter((finding) => finding.level === level).length;
  const words: Record<Level, string> = {
    fail: 'failed',
    warn: count('warn') === 1 ? 'warning' : 'warnings',
    ok: 'fine',
    skip: 'not looked at',
  };
  const parts = (Object.keys(words) as Level[]).flatMap((level) =>
    count(level) > 0 ? [paint(level, `${count(level)} ${words[level]}`)] : [],
  );
  const first = findings.find(({ level }) => level === 'fail');
  const verdict = first ? 'Something is wrong' : 'This deployment is healthy';
  const start = first ? ` Begin with “${first.title}”.` : '';
  return `${verdict}: ${parts.join(', ')}, in ${(ms / 1000).toFixed(1)} s.${start}`;
}

/** Breaks text at spaces, but not inside backquotes if it can be helped: what is to be copied stays whole. */
function wrap(text: string, width: number): string[] {
  const pieces = [...text.matchAll(/[^\s`]*`[^`]+`\S*|\S+/g)]
    .map(([piece]) => piece)
    .flatMap((piece) => (piece.length > width ? piece.split(' ') : [piece]));
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && line.length + 1 + piece.length > width) {
      lines.push(line);
      line = piece;
    } else line = line === '' ? piece : `${line} ${piece}`;
  }
  return [...lines, line];
}
