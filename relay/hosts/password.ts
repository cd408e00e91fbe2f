// Passwords of hosts, hashed by scrypt (RFC 7914) as OWASP's cheat sheet has it; the parameters stand beside the hash.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const cost = 2 ** 15;
const blockSize = 8;
const parallelization = 3;
const keyLength = 32;
/** scrypt needs 128 × N × r bytes, and Node asks for some room more. */
const maxMemory = 2 * 128 * cost * blockSize;
export const maxPasswordLength = 256;

/** @param password what people type; composed, so that one password has one form on all keyboards */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, { N: cost, r: blockSize, p: parallelization });
  return [
    'scrypt',
    cost,
    blockSize,
    parallelization,
    salt.toString('base64url'),
    key.toString('base64url'),
  ].join('$');
}

/** @param hash of {@link hashPassword}. @throws TypeError when it is not one */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [name, N, r, p, salt, key] = hash.split('$');
  if (name !== 'scrypt' || !salt || !key) throw new TypeError('This is no hash of a password.');
  const expected = Buffer.from(key, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(given, expected);
}

function derive(
  password: string,
  salt: Buffer,
  parameters: { N: number; r: number; p: number },
): Promise<Buffer> {
  const text = password.normalize('NFC').slice(0, maxPasswordLength);
  return new Promise((resolve, reject) =>
    scrypt(text, salt, keyLength, { ...parameters, maxmem: maxMemory }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}
