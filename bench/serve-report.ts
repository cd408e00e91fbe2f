// Writes docs/benchmarks/serve.md and serve.svg from what bench/serve.ts measured.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { join } from 'node:path';
import type { ManyConnections } from './many-connections.ts';
import { renderBarPlot } from './report/bar-plot.ts';

/** One server at one address; medians over the rounds. */
export interface Measured {
  /** Bytes of the body as sent. */
  bytes: number;
  requestsPerSecond: number;
  p99Ms: number;
  /** Requests for each second of CPU time: what remains comparable when other programs use the machine. */
  requestsPerCpuSecond: number | undefined;
  errors: number;
}

/** One address, by server. */
export interface MeasuredCase {
  name: string;
  relay: Measured;
  plain: Measured;
  fastify: Measured | undefined;
}

export interface ServeReport {
  cases: MeasuredCase[];
  many: ManyConnections;
  rounds: number;
  seconds: number;
  connections: number;
  pinned: boolean;
  versions: { fastify: string; wrk: string; staticBrowserServer: string };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const ratio = (a: number, b: number): string => `${(a / b).toFixed(2)} ×`;
const orDash = (value: number | undefined, write: (value: number) => string): string =>
  value === undefined ? '–' : write(value);

/** What one core serves in a second: by CPU time where that is known, for other programs take none of it away. */
const perCore = (measured: Measured): number => measured.requestsPerCpuSecond ?? measured.requestsPerSecond;

/** Writes both files into `folder`. */
export function writeServeReport(report: ServeReport, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'serve.md'), renderMarkdown(report));
  writeFileSync(
    join(folder, 'serve.svg'),
    renderBarPlot({
      title: 'Requests that one core serves in a second, 50 connections',
      series: ['this relay', 'bare node:http', 'Fastify static'],
      groups: report.cases.map(({ name, relay, plain, fastify }) => ({
        label: name,
        values: [relay, plain, fastify].map((measured) => measured && perCore(measured)),
      })),
      format: whole,
    }),
  );
}

function renderMarkdown(report: ServeReport): string {
  const { cases, many, versions } = report;
  const rates = cases.map(({ name, relay, plain, fastify }) => [
    name,
    `**${whole(perCore(relay))}**`,
    whole(perCore(plain)),
    ratio(perCore(relay), perCore(plain)),
    orDash(fastify && perCore(fastify), whole),
    fastify ? ratio(perCore(relay), perCore(fastify)) : '–',
  ]);
  const clock = cases.map(({ name, relay, plain, fastify }) => [
    name,
    ...[relay, plain, fastify].map((measured) => orDash(measured?.requestsPerSecond, whole)),
    ...[relay, plain, fastify].map((measured) => orDash(measured?.p99Ms, (ms) => ms.toFixed(1))),
    whole(relay.bytes),
    orDash(fastify?.bytes, whole),
  ]);
  const errors = cases
    .flatMap(({ relay, plain, fastify }) => [relay, plain, ...(fastify ? [fastify] : [])])
    .reduce((sum, measured) => sum + measured.errors, 0);
  return `# Serving pages and files

\`npm run bench:serve\` writes this page. Numbers differ from machine to machine; the ratios, taken in one run, hardly do.

![Requests that one core serves in a second, by address and server](serve.svg)

Requests for each second of the server's CPU time, so what one core serves when it does nothing else:

${table(['address', 'relay', 'bare node:http', 'relay ÷ bare', 'Fastify static', 'relay ÷ Fastify'], rates)}

By the clock, with whatever else the machine was doing:

${table(['address', 'relay, req/s', 'bare', 'Fastify', 'relay p99, ms', 'bare p99', 'Fastify p99', 'bytes sent', 'by Fastify'], clock)}

Every answer was asked with \`Accept-Encoding: br\` over ${report.connections} connections; medians of ${report.rounds} rounds of ${report.seconds} s, the servers in turn within each round. Failed answers in all rounds: ${errors}.

## What was measured

- **relay**: the compiled relay as \`npm start\` runs it, one process.
- **bare node:http**: a Node server that looks the path up in a Map and sends the relay's own headers and bytes from memory: the most that Node allows.
- **Fastify static**: Fastify with @fastify/static (${versions.fastify}), configured as in static-browser-server's repository, without the request log that it has there. At the pages' addresses it sends static-browser-server ${versions.staticBrowserServer}'s own pages, uncompressed as its servers do (its \`/\` for shell and frame, its \`/__csb_relay/\` for the relay page, whose script is one more request there); at the bundler's files it sends the same Brotli files as the relay (\`preCompressed\`).
- Load: ${versions.wrk}, one thread. ${report.pinned ? 'Servers on core 0, wrk on core 1.' : 'Nothing was pinned to a core: `taskset` is missing.'}
- Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${type()} ${release()}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.

## ${whole(many.connections)} connections at once

${table(
  [
    'held open, answered twice',
    'then wrk, req/s',
    'p99, ms',
    'failed',
    'memory before / held / after, MiB',
    'process',
  ],
  [
    [
      `${whole(many.answered)} of ${whole(many.connections)}`,
      whole(many.load.requestsPerSecond),
      many.load.p99Ms.toFixed(0),
      whole(many.load.errors),
      [many.memoryMiB.before, many.memoryMiB.held, many.memoryMiB.after]
        .map((value) => orDash(value, whole))
        .join(' / '),
      many.alive ? 'alive and answering' : '**gone**',
    ],
  ],
)}
`;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
