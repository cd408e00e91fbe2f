// Who calls the API or the MCP server: a token of the kit's, and, where that is nobody's own, the user whom the caller names.
import type { IncomingMessage } from 'node:http';
import type { ApiScope, ApiTokenRecord, ApiTokens } from '../hosts/api-tokens.ts';
import { bearerOf } from '../hosts/visitor.ts';
import type { Actor } from '../shares/share-service.ts';
import { CallRefused } from './api-errors.ts';

/** Says for whom a caller acts whose token is nobody's own: LibreChat puts the user's id there. */
export const ownerHeader = 'x-user-id';

const ownerForm = /^[\w.@:+-]{1,128}$/;

/** @throws CallRefused */
export async function authenticate(
  req: Pick<IncomingMessage, 'headers'>,
  tokens: ApiTokens,
  scope: ApiScope,
): Promise<Actor> {
  const given = bearerOf(req.headers);
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
  return actorOf(token, req.headers[ownerHeader]);
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
