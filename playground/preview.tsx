// The preview itself: Sandpack's provider and frame with the props LibreChat gives them, watched for the status strip.
import type { SandpackMessage } from '@codesandbox/sandpack-client';
import {
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { SandpackPreviewRef } from 'sandpack-react-2.19.10/unstyled';
import type { ClientLibrary } from './clients.ts';
import { ConsoleDrawer } from './console-drawer.tsx';
import { type Artifact, type BundlerUrls, type SandpackSetup, setupArtifact } from './librechat.ts';
import { isBusy, type Run, type RunEvent } from './run.ts';
import { statusText } from './status-text.ts';
import { messages } from './test-hook.ts';

export interface PreviewControls {
  /** Reloads the frame as LibreChat's refresh button does; false when there is no frame to reload. */
  refresh: () => boolean;
}

interface PreviewProps {
  library: ClientLibrary;
  artifact: Artifact;
  urls: BundlerUrls;
  run: Run;
  report: (event: RunEvent) => void;
  controls: RefObject<PreviewControls>;
}

/** Renders one artifact. Give it a new `key` to mount a fresh preview. */
export function Preview({ library, artifact, urls, run, report, controls }: PreviewProps) {
  const { SandpackProvider, SandpackPreview } = library;
  const { type, code, dependencies, files } = artifact;
  // Sandpack compares these by identity and resets the preview when one changes.
  const setup = useMemo(
    () => setupArtifact({ type, code, ...(dependencies && { dependencies }), ...(files && { files }) }),
    [type, code, dependencies, files],
  );
  const customSetup = useMemo(() => ({ dependencies: setup.dependencies }), [setup.dependencies]);
  const options = useMemo(
    () => ({
      externalResources: setup.externalResources,
      bundlerURL: setup.template === 'static' ? urls.staticBundlerURL : urls.bundlerURL,
    }),
    [setup, urls],
  );
  const preview = useRef<SandpackPreviewRef>(null);
  const frameArea = useRef<HTMLDivElement>(null);
  const [refreshes, setRefreshes] = useState(0);

  useImperativeHandle(controls, () => ({
    refresh: () => {
      const client = preview.current?.getClient();
      if (!client) return false;
      report({ kind: 'start', template: setup.template, at: performance.now() });
      client.dispatch({ type: 'refresh' });
      setRefreshes((count) => count + 1);
      return true;
    },
  }));

  useLayoutEffect(() => {
    messages.length = 0;
    report({ kind: 'start', template: setup.template, at: performance.now() });
    const area = frameArea.current;
    const loaded = (event: Event) => {
      // Frames without an address report the load of their first, empty document.
      if (event.target instanceof HTMLIFrameElement && event.target.getAttribute('src')) {
        report({ kind: 'frame-load', at: performance.now() });
      }
    };
    area?.addEventListener('load', loaded, true);
    return () => {
      area?.removeEventListener('load', loaded, true);
      report({ kind: 'stop', at: performance.now() });
    };
  }, [report, setup.template]);

  // A static page may take long to fire `load`; what it has drawn so far should be seen.
  const covered = isBusy(run.status) && !(setup.template === 'static' && run.status === 'evaluating');
  return (
    <SandpackProvider
      template={setup.template}
      files={setup.files}
      customSetup={customSetup}
      options={options}
      theme="light"
    >
      <Observer library={library} template={setup.template} report={report} />
      <div className="preview-frame" ref={frameArea}>
        <SandpackPreview ref={preview} showOpenInCodeSandbox={false} showRefreshButton={false} tabIndex={0} />
        {covered && (
          <div className="preview-cover" aria-hidden="true">
            <span className="spinner" />
            {statusText[run.status]}…
          </div>
        )}
      </div>
      <ConsoleDrawer key={refreshes} library={library} />
    </SandpackProvider>
  );
}

interface ObserverProps extends Pick<PreviewProps, 'library' | 'report'> {
  template: SandpackSetup['template'];
}

function Observer({ library, template, report }: ObserverProps) {
  const { sandpack, listen } = library.useSandpack();
  const hasTimedOut = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `listen` is new at each render; one subscription is enough.
  useEffect(
    () =>
      listen((message: SandpackMessage) => {
        messages.push(message);
        report({ kind: 'message', message, at: performance.now() });
      }),
    [],
  );
  useEffect(() => {
    const at = performance.now();
    if (sandpack.status === 'timeout') {
      hasTimedOut.current = true;
      report({ kind: 'time-out', at });
    } else if (sandpack.status === 'running' && hasTimedOut.current) {
      // The client's own "Try again" button was pressed.
      hasTimedOut.current = false;
      report({ kind: 'start', template, at });
    }
  }, [sandpack.status, template, report]);
  return null;
}
