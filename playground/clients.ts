// The client libraries LibreChat may carry, each loaded only when it is chosen.

export const clientVersions = ['2.19.10', '2.20.0'] as const;
export type ClientVersion = (typeof clientVersions)[number];
export type ClientLibrary = typeof import('sandpack-react-2.19.10/unstyled');

/** The version that LibreChat's lockfile names. */
export const defaultClient: ClientVersion = '2.19.10';

const loaders: Record<ClientVersion, () => Promise<ClientLibrary>> = {
  '2.19.10': () => import('sandpack-react-2.19.10/unstyled'),
  '2.20.0': () => import('sandpack-react-2.20.0/unstyled'),
};

export function loadClient(version: ClientVersion): Promise<ClientLibrary> {
  return loaders[version]();
}
