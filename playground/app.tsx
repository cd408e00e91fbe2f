// The page: conversations on the left, the chat in the middle, the artifact panel on the right.
import { useEffect, useState } from 'react';
import { type Address, formatAddress } from './address.ts';
import { ArtifactPanel } from './artifact-panel.tsx';
import { Chat } from './chat.tsx';
import { type ClientLibrary, type ClientVersion, loadClient } from './clients.ts';
import type { BundlerUrls } from './librechat.ts';
import { type Sample, samples } from './samples.ts';
import { useSession } from './session.ts';
import { Sidebar } from './sidebar.tsx';
import { StatusStrip } from './status-strip.tsx';
import { useDataAttributes, useTestHook } from './test-hook.ts';
import { useTheme } from './theme.ts';
import { useMetrics } from './use-metrics.ts';

interface AppProps {
  address: Address;
  urls: BundlerUrls | null;
  problem: string | null;
}

const welcome = samples[0] as Sample;

export function App({ address, urls, problem }: AppProps) {
  const { panelOnly } = address;
  const [client, setClient] = useState(address.client);
  const [library, clientProblem] = useClientLibrary(client);
  const [theme, toggleTheme] = useTheme(address.theme);
  const session = useSession(address.sample ?? (panelOnly ? null : welcome.id));
  const metrics = useMetrics(session.run);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isMaximised, setMaximised] = useState(false);
  const [current, setCurrent] = useState<Sample>(session.opened?.sample ?? welcome);
  const { opened } = session;

  useTestHook(session);
  useDataAttributes(session.run, metrics, client);

  useEffect(() => {
    if (opened) setCurrent(opened.sample);
  }, [opened]);

  const sampleInAddress = opened && !opened.sample.id.startsWith('own-') ? opened.sample.id : null;
  useEffect(() => {
    const query = formatAddress({ client, sample: sampleInAddress, panelOnly, theme: address.theme });
    history.replaceState(null, '', `${location.pathname}${query}`);
  }, [client, sampleInAddress, panelOnly, address.theme]);

  const openFromMenu = (id: string) => {
    setMenuOpen(false);
    session.open(id);
  };
  const closePanel = () => {
    setMaximised(false);
    session.close();
  };

  const panel = opened && (
    <ArtifactPanel
      session={session}
      opened={opened}
      library={library}
      urls={urls}
      problem={problem ?? clientProblem}
      isMaximised={isMaximised}
      layout={
        panelOnly ? undefined : { toggleMaximised: () => setMaximised(!isMaximised), close: closePanel }
      }
    >
      <StatusStrip run={session.run} metrics={metrics} client={client} onClient={setClient} />
    </ArtifactPanel>
  );

  if (panelOnly) return <div className="page is-panel-only">{panel}</div>;
  return (
    <div className="page" data-panel={opened ? (isMaximised ? 'maximised' : 'open') : 'closed'}>
      <Sidebar
        conversations={session.conversations}
        current={current.id}
        isOpen={isMenuOpen}
        onOpen={openFromMenu}
        onClose={() => setMenuOpen(false)}
        theme={theme}
        onTheme={toggleTheme}
      />
      <Chat
        sample={current}
        isOpen={opened !== null}
        onToggle={() => (opened ? closePanel() : session.open(current.id))}
        onMenu={() => setMenuOpen(true)}
        onRun={session.runArtifact}
      />
      {panel}
    </div>
  );
}

function useClientLibrary(version: ClientVersion): [ClientLibrary | null, string | null] {
  const [loaded, setLoaded] = useState<{ version: ClientVersion; library: ClientLibrary } | null>(null);
  const [failed, setFailed] = useState<ClientVersion | null>(null);
  useEffect(() => {
    let isCurrent = true;
    loadClient(version).then(
      (library) => isCurrent && setLoaded({ version, library }),
      () => isCurrent && setFailed(version),
    );
    return () => {
      isCurrent = false;
    };
  }, [version]);
  // The old library must not render under the new version's name.
  const library = loaded?.version === version ? loaded.library : null;
  return [
    library,
    failed === version ? `The client library sandpack-react ${version} could not be loaded.` : null,
  ];
}
