// Relays that publish, as processes of their own: what tests ask of them over HTTP, and the state that they share.
import { ApiTokens } from '../../../relay/hosts/api-tokens.ts';
import { openState } from '../../../relay/state/state.ts';
import type { Answer } from '../../integration/http-client.ts';
import { type SpawnedRelay, spawnRelay } from '../../integration/spawn-relay.ts';

const apiHost = 'api.localhost';

/** A relay, and calls of its API. */
export interface ShareRelay extends SpawnedRelay {
  api(method: string, path: string, body?: object): Promise<Answer>;
  /** A public page. */
  publish(name: string, text: string): Promise<Answer>;
  /** A share's page, as a browser asks for it. */
  page(name: string, headers?: Record<string, string>): Promise<Answer>;
}

/** Makes a token for the API where the state is. */
export async function makeApiToken(place: { dataDir: string; databaseUrl: string }): Promise<string> {
  const state = await openState(place);
  try {
    const scopes = ['shares:read', 'shares:write'] as const;
    return (await new ApiTokens(state.db).create({ label: 'test', scopes, owner: 'ann' })).token;
  } finally {
    await state.close();
  }
}

/** Starts a relay and waits until it answers. @param options `token`: of {@link makeApiToken}, as soon as there is one */
export async function startShareRelay(options: {
  dataDir: string;
  databaseUrl: string;
  token: () => string;
}): Promise<ShareRelay> {
  const { dataDir, databaseUrl, token } = options;
  const relay = await spawnRelay({
    dataDir,
    // No package is asked for.
    registryUrl: 'http://127.0.0.1:1/',
    env: { API_HOSTNAME: apiHost, DATABASE_URL: databaseUrl },
  });
  const api: ShareRelay['api'] = (method, path, body) =>
    relay.ask(`/api/shares${path}`, {
      host: apiHost,
      method,
      headers: {
        Authorization: `Bearer ${token()}`,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  return {
    ...relay,
    api,
    publish: (name, text) =>
      api('POST', '', {
        name,
        title: name,
        visibility: 'public',
        content: { type: 'html', content: `<p>${text}</p>` },
      }),
    page: (name, headers = {}) =>
      relay.ask('/', { host: `${name}-preview.localhost:${relay.port}`, headers }),
  };
}
