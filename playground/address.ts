// The playground's own address: which client, sample, layout and theme its query string asks for. Pure.
import { type ClientVersion, clientVersions, defaultClient } from './clients.ts';

export type Theme = 'light' | 'dark';

export interface Address {
  client: ClientVersion;
  sample: string | null;
  /** Show nothing but the artifact panel, for tests and benchmarks. */
  panelOnly: boolean;
  theme: Theme | null;
}

/** Reads a query string; values it does not know count as absent. */
export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const theme = query.get('theme');
  return {
    client: clientVersions.find((version) => version === query.get('client')) ?? defaultClient,
    sample: query.get('sample') || null,
    panelOnly: query.get('panel') === 'only',
    theme: theme === 'dark' || theme === 'light' ? theme : null,
  };
}

/** Writes the query string that leads back to the same view; defaults are left out. */
export function formatAddress({ client, sample, panelOnly, theme }: Address): string {
  const query = new URLSearchParams();
  if (client !== defaultClient) query.set('client', client);
  if (sample) query.set('sample', sample);
  if (panelOnly) query.set('panel', 'only');
  if (theme) query.set('theme', theme);
  return query.size > 0 ? `?${query}` : '';
}
