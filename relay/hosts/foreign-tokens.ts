// JSON Web Tokens of a service of the operator's, as tokens of private hosts: an application that knows its users lets them in without asking
// the kit for a token each. https://www.rfc-editor.org/rfc/rfc7519, keys at a JWKS address: https://www.rfc-editor.org/rfc/rfc7517
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { PackageLog } from '../packages/base/package-log.ts';

/** Whose tokens are taken. */
export interface ForeignTokenSettings {
  /** Address of the keys, a JSON Web Key Set. */
  jwksUrl: string;
  /** The claim `iss`. */
  issuer: string;
  /** The claim `aud`: tokens that the service makes for others open nothing here. */
  audience: string;
}

/** What a token comes to. Whoever asks is not told why an unknown one is unknown. */
export type ForeignToken = { kind: 'good'; expiresAt: number } | { kind: 'expired' | 'unknown' };

/** Keys are public ones: with a shared secret, whoever can check tokens could make them. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const form = /^[\w-]{10,2000}\.[\w-]{10,6000}\.[\w-]{10,2000}$/;
const keysTimeoutMs = 3_000;
/** How far clocks may be apart. */
const toleranceSeconds = 5;

/** See the head of this file. */
export class ForeignTokens {
  readonly #keys: JWTVerifyGetKey;

  constructor(
    readonly settings: ForeignTokenSettings,
    readonly log: Pick<PackageLog, 'warn'>,
    readonly now: () => number = Date.now,
  ) {
    this.#keys = createRemoteJWKSet(new URL(settings.jwksUrl), { timeoutDuration: keysTimeoutMs });
  }

  /**
   * Whether a token opens a host now: its claim `hosts` lists the host's name, and it has an expiry.
   * @param token as it was given, which may be anything
   */
  async check(hostName: string, token: string): Promise<ForeignToken> {
    if (!form.test(token)) return { kind: 'unknown' };
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms,
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        requiredClaims: ['exp', 'hosts'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(this.now()),
      });
      const { hosts, exp = 0 } = payload as { hosts?: unknown; exp?: number };
      const opens = Array.isArray(hosts) && hosts.includes(hostName);
      return opens ? { kind: 'good', expiresAt: exp * 1000 } : { kind: 'unknown' };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { kind: 'expired' };
      const isTokens =
        error instanceof errors.JWTClaimValidationFailed ||
        error instanceof errors.JWTInvalid ||
        error instanceof errors.JWSInvalid ||
        error instanceof errors.JWSSignatureVerificationFailed ||
        error instanceof errors.JOSEAlgNotAllowed ||
        error instanceof errors.JWKSNoMatchingKey;
      // Nobody gets in while the keys cannot be had; the operator is told.
      if (!isTokens)
        this.log.warn({ err: error, jwksUrl: this.settings.jwksUrl }, 'the keys of JWT_JWKS_URL failed');
      return { kind: 'unknown' };
    }
  }
}
