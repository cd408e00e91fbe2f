// The page's handle for tests and benchmarks: `window.playground` and the data attributes of <html>.
import { useEffect } from 'react';
import type { Artifact } from './librechat.ts';
import type { Metrics } from './metrics.ts';
import type { Run } from './run.ts';
import type { Session } from './session.ts';

export interface PlaygroundHook {
  /** Every message of Sandpack since the open artifact was mounted. */
  messages: unknown[];
  setCode: (code: string) => void;
  open: (sampleId: string) => void;
  runArtifact: (artifact: Artifact) => void;
}

declare global {
  interface Window {
    playground?: PlaygroundHook;
  }
}

/** Cleared at each mount; Sandpack's `state` messages carry whole module graphs and would pile up otherwise. */
export const messages: unknown[] = [];

export function useTestHook(session: Session): void {
  const { setCode, open, runArtifact } = session;
  useEffect(() => {
    window.playground = { messages, setCode, open, runArtifact };
  }, [setCode, open, runArtifact]);
}

export function useDataAttributes(run: Run, metrics: Metrics | null, client: string): void {
  useEffect(() => {
    Object.assign(document.documentElement.dataset, {
      status: run.status,
      renderMs: run.renderMs === null ? '' : String(run.renderMs),
      origin: metrics?.origin ?? run.origin ?? '',
      requests: metrics ? String(metrics.requests) : '',
      bytes: metrics ? String(metrics.bytes) : '',
      client,
    });
  }, [run, metrics, client]);
}
