// The right-hand panel: header, Preview and Code tabs. As in LibreChat, leaving the Preview tab unmounts the preview.
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { artifactKinds } from './artifact-kind.tsx';
import type { ClientLibrary } from './clients.ts';
import { CodeEditor } from './code-editor.tsx';
import {
  CheckIcon,
  CloseIcon,
  CodeIcon,
  CopyIcon,
  ExpandIcon,
  EyeIcon,
  PublishIcon,
  RefreshIcon,
  ShrinkIcon,
} from './icons.tsx';
import type { BundlerUrls } from './librechat.ts';
import { Preview, type PreviewControls } from './preview.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import type { Opened, Session, Tab } from './session.ts';

interface ArtifactPanelProps {
  session: Session;
  opened: Opened;
  library: ClientLibrary | null;
  urls: BundlerUrls | null;
  /** Why no preview can be shown at all. */
  problem: string | null;
  isMaximised: boolean;
  /** Absent when the panel is all there is. */
  layout?: { toggleMaximised: () => void; close: () => void } | undefined;
  /** The status strip. */
  children: ReactNode;
}

export function ArtifactPanel(props: ArtifactPanelProps) {
  const { session, opened, library, urls, problem, isMaximised, layout, children } = props;
  const { sample, code, mount, revision } = opened;
  const [isPublishing, setPublishing] = useState(false);
  const controls = useRef<PreviewControls>(null);
  const artifact = useMemo(() => ({ ...sample, code }), [sample, code]);

  const refresh = () => {
    const canReload = session.run.status !== 'timed-out' && controls.current?.refresh();
    if (!canReload) session.remount();
  };

  return (
    <aside className="panel" aria-label={`Artifact: ${sample.title}`}>
      <header className="panel-header">
        {layout && (
          <button
            type="button"
            className="icon-button"
            aria-label="Close artifact"
            title="Close"
            onClick={layout.close}
          >
            <CloseIcon />
          </button>
        )}
        <h2 className="panel-title">
          {sample.title}
          <span className="kind">{artifactKinds[sample.type].label}</span>
        </h2>
        <div className="panel-actions">
          <button
            type="button"
            className="icon-button"
            aria-label="Refresh preview"
            title="Refresh"
            disabled={session.tab !== 'preview'}
            onClick={refresh}
          >
            <RefreshIcon />
          </button>
          <CopyButton text={code} />
          {urls?.canPublish && (
            <button
              type="button"
              className="icon-button"
              aria-label="Publish as a page"
              aria-haspopup="dialog"
              title="Publish"
              onClick={() => setPublishing(true)}
            >
              <PublishIcon />
            </button>
          )}
          {layout && (
            <button
              type="button"
              className="icon-button is-wide-only"
              aria-label={isMaximised ? 'Restore panel' : 'Maximise panel'}
              aria-pressed={isMaximised}
              title={isMaximised ? 'Restore' : 'Maximise'}
              onClick={layout.toggleMaximised}
            >
              {isMaximised ? <ShrinkIcon /> : <ExpandIcon />}
            </button>
          )}
          <Tabs tab={session.tab} onTab={session.showTab} />
        </div>
      </header>
      <div className="panel-body" role="tabpanel" id="panel-body" aria-labelledby={`tab-${session.tab}`}>
        {problem ? (
          <p className="panel-problem" role="alert">
            {problem}
          </p>
        ) : (
          library &&
          urls &&
          (session.tab === 'preview' ? (
            <Preview
              key={mount}
              library={library}
              artifact={artifact}
              urls={urls}
              run={session.run}
              report={session.report}
              controls={controls}
            />
          ) : (
            <CodeEditor
              key={revision}
              library={library}
              code={code}
              fileName={artifactKinds[sample.type].fileName}
              onEdit={session.edit}
            />
          ))
        )}
      </div>
      {children}
      {isPublishing && (
        <PublishDialog
          sampleId={sample.id}
          title={sample.title}
          artifact={artifact}
          onClose={() => setPublishing(false)}
        />
      )}
    </aside>
  );
}

const tabs: { id: Tab; label: string; icon: ReactNode }[] = [
  { id: 'preview', label: 'Preview', icon: <EyeIcon /> },
  { id: 'code', label: 'Code', icon: <CodeIcon /> },
];

function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const list = useRef<HTMLDivElement>(null);
  // Arrow keys move between tabs: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = tab === 'preview' ? 'code' : 'preview';
    onTab(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="Artifact view" ref={list} onKeyDown={move}>
      {tabs.map(({ id, label, icon }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-label={label}
          aria-selected={tab === id}
          aria-controls="panel-body"
          tabIndex={tab === id ? 0 : -1}
          onClick={() => onTab(id)}
        >
          {icon}
          <span>{label}</span>
        </button>
      ))}
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = window.setTimeout(() => setCopied(false), 1600);
    return () => window.clearTimeout(timer);
  }, [isCopied]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={isCopied ? 'Copied' : 'Copy code'}
      title="Copy code"
      onClick={copy}
    >
      {isCopied ? <CheckIcon /> : <CopyIcon />}
    </button>
  );
}
