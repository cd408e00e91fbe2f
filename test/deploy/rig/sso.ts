// A sign-in as operators have it in front of other applications: a real OpenID provider, and a relying party that answers nginx's
// auth_request in the manner of oauth2-proxy. Both speak http on loopback, behind the rig's nginx.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import Provider from 'oidc-provider';
import * as oidc from 'openid-client';
import { ask } from './tls-request.ts';

export interface Sso {
  close(): void;
}

export interface SsoOptions {
  /** Ports of loopback to listen on. */
  ports: { provider: number; party: number };
  /** Where browsers reach them, e.g. `https://idp.example.test`. */
  origins: { provider: string; party: string };
  /** Of the session's cookie: it has to reach the hosts of pages. */
  cookieDomain: string;
  /** How the party reaches the provider: nginx's port and its authority. */
  tls: { port: number; ca: Buffer };
}

const clientId = 'pages';
const cookieName = '_sso';

/** Starts both. The provider's own development pages take any name and password. */
export async function startSso(options: SsoOptions): Promise<Sso> {
  const { ports, origins } = options;
  const secret = randomBytes(32).toString('hex');
  const provider = new Provider(origins.provider, {
    clients: [
      {
        client_id: clientId,
        client_secret: secret,
        redirect_uris: [`${origins.party}/oauth2/callback`],
      },
    ],
    cookies: { keys: [randomBytes(32).toString('hex')] },
  });
  provider.proxy = true;
  const servers = [
    await listenAt(createServer(provider.callback()), ports.provider),
    await listenAt(createServer(relyingParty(options, secret)), ports.party),
  ];
  return {
    close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** `/oauth2/auth`, `/oauth2/start?rd=`, `/oauth2/callback` and `/oauth2/sign_out`, as oauth2-proxy has them. */
function relyingParty({ origins, cookieDomain, tls }: SsoOptions, secret: string) {
  const sessions = new Map<string, string>();
  const started = new Map<string, { back: string; verifier: string }>();
  let configuration: Promise<oidc.Configuration> | undefined;
  const configure = () => {
    configuration ??= oidc.discovery(new URL(origins.provider), clientId, secret, undefined, {
      [oidc.customFetch]: fetchBy(tls),
    });
    return configuration;
  };
  const cookie = (value: string) =>
    stringifySetCookie({
      name: cookieName,
      value,
      domain: cookieDomain,
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      ...(value === '' && { maxAge: 0 }),
    });
  const redirect = (res: ServerResponse, location: string, headers: Record<string, string> = {}) =>
    void res.writeHead(302, { Location: location, ...headers }).end();

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', origins.party);
    const session = parseCookie(req.headers.cookie ?? '')[cookieName] ?? '';
    const user = sessions.get(session);
    switch (url.pathname) {
      case '/oauth2/auth':
        return void res.writeHead(user ? 202 : 401, user ? { 'X-Auth-Request-User': user } : {}).end();
      case '/oauth2/start': {
        const back = new URL(url.searchParams.get('rd') ?? '/', origins.party);
        if (!`.${back.hostname}`.endsWith(`.${cookieDomain}`)) return void res.writeHead(400).end();
        const [state, verifier] = [oidc.randomState(), oidc.randomPKCECodeVerifier()];
        started.set(state, { back: back.href, verifier });
        const target = oidc.buildAuthorizationUrl(await configure(), {
          redirect_uri: `${origins.party}/oauth2/callback`,
          scope: 'openid',
          state,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        });
        return redirect(res, target.href);
      }
      case '/oauth2/callback': {
        const state = url.searchParams.get('state') ?? '';
        const known = started.get(state);
        if (!known) return void res.writeHead(400).end();
        started.delete(state);
        const tokens = await oidc.authorizationCodeGrant(await configure(), url, {
          pkceCodeVerifier: known.verifier,
          expectedState: state,
        });
        const id = randomBytes(32).toString('hex');
        sessions.set(id, tokens.claims()?.sub ?? '');
        return redirect(res, known.back, { 'Set-Cookie': cookie(id) });
      }
      case '/oauth2/sign_out':
        sessions.delete(session);
        return void res.writeHead(200, { 'Set-Cookie': cookie('') }).end('Signed out.');
      default:
        return void res.writeHead(404).end();
    }
  };
  return (req: IncomingMessage, res: ServerResponse) =>
    void answer(req, res).catch((error: Error) => res.writeHead(500).end(String(error.stack)));
}

/** `fetch` for names that only the rig's nginx knows. */
function fetchBy({ port, ca }: SsoOptions['tls']): oidc.CustomFetch {
  return async (address, { method, headers, body }) => {
    const url = new URL(address);
    const answered = await ask({
      port,
      ca,
      host: url.hostname,
      path: url.pathname + url.search,
      method,
      headers,
      ...(body && { body: Buffer.from(String(body)) }),
    });
    const type = answered.headers['content-type'] ?? 'application/octet-stream';
    return new Response(new Uint8Array(answered.body), {
      status: answered.status,
      headers: { 'Content-Type': type },
    });
  };
}

function listenAt(server: Server, port: number): Promise<Server> {
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done(server)));
}
