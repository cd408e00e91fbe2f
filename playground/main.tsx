// Entry of the playground: reads the relay's addresses and the page's own, then draws the page.
import { createRoot } from 'react-dom/client';
import { parseAddress } from './address.ts';
import { App } from './app.tsx';
import { loadClient } from './clients.ts';
import type { BundlerUrls } from './librechat.ts';
import './styles/theme.css';
import './styles/chat.css';
import './styles/panel.css';
import './styles/status-strip.css';
import './styles/sandpack.css';
import './styles/page.css';
import './styles/publish.css';

const configurationPath = '/playground.json';

/** Reads where previews live. Throws when the answer is no JSON object with both addresses. */
async function readBundlerUrls(): Promise<BundlerUrls> {
  const response = await fetch(configurationPath);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const {
    bundlerURL,
    staticBundlerURL,
    canPublish = false,
  } = (await response.json()) as Partial<BundlerUrls>;
  if (typeof bundlerURL !== 'string' || typeof staticBundlerURL !== 'string')
    throw new Error('an address is missing');
  return { bundlerURL, staticBundlerURL, canPublish };
}

async function start(): Promise<void> {
  const address = parseAddress(location.search);
  // On its way while the addresses are read; a failure is the page's to show.
  loadClient(address.client).catch(() => {});
  let urls: BundlerUrls | null = null;
  let problem: string | null = null;
  try {
    urls = await readBundlerUrls();
  } catch (error) {
    problem = `The relay's addresses could not be read from ${configurationPath} (${error instanceof Error ? error.message : error}). Is the relay running?`;
  }
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root element.');
  createRoot(root).render(<App address={address} urls={urls} problem={problem} />);
}

void start();
