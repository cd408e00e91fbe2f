// What is open in the artifact panel and how its rendering goes; shared by the chat, the panel and the test hook.
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { type Artifact, setupArtifact } from './librechat.ts';
import { idleRun, type Run, type RunEvent, reduceRun } from './run.ts';
import { findSample, type Sample, samples } from './samples.ts';

export type Tab = 'preview' | 'code';

export interface Opened {
  sample: Sample;
  /** The code as edited; starts as the sample's own. */
  code: string;
  /** Changes when the preview must be mounted anew. */
  mount: number;
  /** Changes when the editor must take over code that it did not write itself. */
  revision: number;
}

export interface Session {
  conversations: Sample[];
  opened: Opened | null;
  tab: Tab;
  run: Run;
  open: (id: string) => void;
  close: () => void;
  showTab: (tab: Tab) => void;
  /** Code that the editor typed. */
  edit: (code: string) => void;
  /** Code from anywhere else; the preview and the editor both follow. */
  setCode: (code: string) => void;
  runArtifact: (artifact: Artifact) => void;
  remount: () => void;
  report: (event: RunEvent) => void;
}

export function useSession(firstSample: string | null): Session {
  const [own, setOwn] = useState<Sample[]>([]);
  const [opened, setOpened] = useState<Opened | null>(() =>
    openSample(firstSample ? findSample(firstSample) : undefined),
  );
  const [tab, setTab] = useState<Tab>('preview');
  const [run, report] = useReducer(reduceRun, idleRun);
  const latest = useRef({ opened, run, own });
  useEffect(() => {
    latest.current = { opened, run, own };
  });

  const show = useCallback((sample: Sample | undefined) => {
    if (!sample) return;
    setTab('preview');
    setOpened((previous) => openSample(sample, previous));
  }, []);

  const setCode = useCallback((code: string) => {
    const { opened: current, run: currentRun } = latest.current;
    if (!current || current.code === code) return;
    const recompiles = currentRun.status === 'ready' || currentRun.status === 'error';
    // Sandpack drops an update that arrives before its first compilation is done, so mount anew until then.
    const mount = recompiles ? current.mount : current.mount + 1;
    setOpened({ ...current, code, mount, revision: current.revision + 1 });
    if (recompiles) report({ kind: 'start', template: currentRun.template, at: performance.now() });
  }, []);

  return {
    conversations: [...samples, ...own],
    opened,
    tab,
    run,
    open: useCallback(
      (id) => show(findSample(id) ?? latest.current.own.find((sample) => sample.id === id)),
      [show],
    ),
    close: useCallback(() => setOpened(null), []),
    showTab: setTab,
    edit: useCallback((code) => setOpened((current) => current && { ...current, code }), []),
    setCode,
    runArtifact: useCallback(
      (artifact) => {
        const sample = describeOwn(artifact, latest.current.own.length + 1);
        latest.current.own = [...latest.current.own, sample];
        setOwn(latest.current.own);
        show(sample);
      },
      [show],
    ),
    remount: useCallback(
      () => setOpened((current) => current && { ...current, mount: current.mount + 1 }),
      [],
    ),
    report,
  };
}

function openSample(sample: Sample | undefined, previous: Opened | null = null): Opened | null {
  if (!sample) return null;
  const count = (previous?.mount ?? 0) + 1;
  return { sample, code: sample.code, mount: count, revision: (previous?.revision ?? 0) + 1 };
}

function describeOwn(artifact: Artifact, number: number): Sample {
  const { template } = setupArtifact(artifact);
  return {
    ...artifact,
    id: `own-${number}`,
    title: artifact.title ?? `Your artifact ${number}`,
    prompt: 'Show me how this looks.',
    answer: `It is rendered as a ${template === 'react-ts' ? 'React' : 'static'} preview, the way LibreChat would ask for it.`,
  };
}
