import { expect, it } from 'vitest';
import { hashPassword, isPassword } from './password.ts';

it('knows a password by its hash, however its letters are composed', async () => {
  const hash = await hashPassword('caf\u00e9 au lait');
  expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await isPassword('cafe\u0301 au lait', hash)).toBe(true);
  expect(await isPassword('cafe au lait', hash)).toBe(false);
  expect(await isPassword('', hash)).toBe(false);
});

it('hashes the same password differently each time', async () => {
  expect(await hashPassword('a')).not.toBe(await hashPassword('a'));
});

it('refuses what is no hash', async () => {
  await expect(isPassword('a', 'a')).rejects.toThrow('no hash');
});
