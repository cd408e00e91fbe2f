// Asks the open preview for its metrics whenever it becomes ready, and keeps the latest answer.
import { useEffect, useState } from 'react';
import { askForMetrics, findMetricsFrame, type Metrics, parseMetrics } from './metrics.ts';
import type { Run } from './run.ts';

// Late images, fonts and chunks still arrive after an artifact is ready.
const askAfterMs = [0, 1000, 4000];

export function useMetrics(run: Run): Metrics | null {
  const [metrics, setMetrics] = useState<Metrics | null>(null);
  const startedAt = run.phases[0]?.startedAt;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run makes the old answer stale.
  useEffect(() => setMetrics(null), [startedAt]);

  const settled = run.status === 'ready' || run.status === 'error';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each arrival is a reason to ask again.
  useEffect(() => {
    if (!settled) return;
    let asked: Window | null = null;
    const ask = () => {
      asked = findMetricsFrame(run.template);
      if (asked) askForMetrics(asked);
    };
    const receive = (event: MessageEvent<unknown>) => {
      if (!asked || event.source !== asked) return;
      const answer = parseMetrics(event.data);
      if (answer) setMetrics(answer);
    };
    window.addEventListener('message', receive);
    const timers = askAfterMs.map((ms) => window.setTimeout(ask, ms));
    return () => {
      window.removeEventListener('message', receive);
      for (const timer of timers) window.clearTimeout(timer);
    };
  }, [settled, run.template, run.arrivals, startedAt]);

  return metrics;
}
