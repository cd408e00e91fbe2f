// Who calls the API or the MCP server: a token of the kit's, and, where that is nobody's own, the user whom the caller names.
import type { IncomingMessage } from 'node:http';
import type { ApiScope, ApiTokenRecord, ApiTokens } from '../hosts/api-tokens.ts';
import { isOwnRequest, type OwnerSessions, ownerCookieOf } from '../hosts/owner-sessions.ts';
import { bearerOf } from '../hosts/visitor.ts';
import type { Actor } from '../shares/share-service.ts';
import { CallRefused } from './api-errors.ts';

/** Says for whom a caller acts whose token is nobody's own: LibreChat puts the user's id there. */
export const ownerHeader = 'x-user-id';

const ownerForm = /^[\w.@:+-]{1,128}$/;

/** Whoever calls from the page of their own shares. */
export interface PageCallers {
  sessions: OwnerSessions;
  /** Whether the browser came by TLS. */
  isSecure: boolean;
}

/** Who calls, and whether that is the operator. */
export type Caller = Actor & { isOperator: boolean };

/**
 * @param pages where the cookie of somebody's own page counts, too; a call that changes something has to come from that page
 * @throws CallRefused
 */
export async function authenticate(
  req: IncomingMessage,
  tokens: ApiTokens,
  scope: ApiScope,
  pages?: PageCallers,
): Promise<Caller> {
  const given = bearerOf(req.headers);
  const session =
    given === undefined ? await pages?.sessions.find(ownerCookieOf(req, pages.isSecure)) : undefined;
  if (session) {
    if (!/^(GET|HEAD)$/.test(req.method ?? '') && !isOwnRequest(req))
      throw new CallRefused(403, 'CALL_FOREIGN', 'This call did not come from the page of your shares.');
    return { ...session, name: `${session.owner} by page` };
  }
  if (given === undefined)
    throw new CallRefused(
      401,
      'API_TOKEN_NEEDED',
      'Send a token of the kit’s: Authorization: Bearer pka_…. `npm run share -- token create` makes one.',
    );
  const token = await tokens.find(given);
  if (!token)
    throw new CallRefused(401, 'API_TOKEN_NEEDED', 'This token is not known, has expired, or was revoked.');
  if (!token.scopes.includes(scope) && !token.scopes.includes('operator'))
    throw new CallRefused(
      403,
      'SCOPE_MISSING',
      `The token “${token.label}” may not do this: it lacks the scope ${scope}.`,
    );
  return { ...actorOf(token, req.headers[ownerHeader]), isOperator: token.scopes.includes('operator') };
}

/** A token with an owner acts for that one, whatever the caller says. */
function actorOf(token: ApiTokenRecord, said: string | string[] | undefined): Actor {
  const owner = token.owner ?? said;
  // LibreChat sends the name of a variable as it is where it knows no value.
  if (typeof owner !== 'string' || !ownerForm.test(owner))
    throw new CallRefused(
      403,
      'OWNER_MISSING',
      `The token “${token.label}” acts for others: say for whom in the header X-User-Id, an id of up to 128 letters, digits and . _ @ : + -`,
    );
  return { owner, name: token.owner === null ? `${owner} by ${token.label}` : token.label };
}
