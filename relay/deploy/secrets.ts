// Secrets of a deployment: made once, then read from the files they were written to. Never regenerated, never shown.
import { randomBytes } from 'node:crypto';
import { makeToken } from '../hosts/secret-token.ts';

/** Bytes of randomness by variable; all are written in hexadecimal, which no env file or connection string has to quote. */
const composeSecrets = { MEILI_MASTER_KEY: 32, MONGO_ROOT_PASSWORD: 24, POSTGRES_PASSWORD: 24 } as const;
/** LibreChat demands 64 and 32 digits for the last two. */
const librechatSecrets = { JWT_SECRET: 32, JWT_REFRESH_SECRET: 32, CREDS_KEY: 32, CREDS_IV: 16 } as const;

/** By it LibreChat publishes for its users; the relay gets its hash. */
export const chatTokenName = 'PREVIEW_KIT_TOKEN';

export interface Secrets {
  compose: Record<string, string>;
  librechat: Record<string, string>;
  /** Names of those that are new. */
  made: string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * @param present what `.env` and `librechat.env` hold now
 * @param options `chatToken`: whether LibreChat needs a token of the kit's
 */
export function completeSecrets(
  present: { compose: Variables; librechat: Variables },
  { chatToken }: { chatToken: boolean },
): Secrets {
  const made: string[] = [];
  const complete = (bytes: Record<string, number>, values: Variables): Record<string, string> =>
    Object.fromEntries(
      Object.entries(bytes).map(([name, size]) => {
        const value = values[name]?.trim();
        if (value) return [name, value];
        made.push(name);
        return [name, randomBytes(size).toString('hex')];
      }),
    );
  const secrets = {
    compose: complete(composeSecrets, present.compose),
    librechat: complete(librechatSecrets, present.librechat),
    made,
  };
  if (!chatToken) return secrets;
  let token = present.librechat[chatTokenName]?.trim();
  if (!token) {
    made.push(chatTokenName);
    ({ token } = makeToken('api'));
  }
  return { ...secrets, librechat: { ...secrets.librechat, [chatTokenName]: token } };
}
