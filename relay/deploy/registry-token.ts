// The token of the operator's registry, which npmrc keeps between runs. It belongs to the registry that it was written for: for any
// other it must not be used, because npm would send it there.
import { parse } from 'ini';
import { registryAddress } from './answer-values.ts';
import { noAnswer } from './answers.ts';

const suffix = ':_authToken';

/** The name under which npm looks up the token of a registry, e.g. `//npm.example.com/team/:_authToken`. */
export function tokenKey(registry: string): string {
  const { host, pathname } = new URL(registry);
  return `//${host}${pathname}${suffix}`;
}

/**
 * @param npmrc the file's text
 * @param registry as {@link registryAddress} gives it
 * @returns the token if the file is about this very registry, https or http included; '' otherwise
 */
export function keptToken(npmrc: string, registry: string): string {
  const values = parse(npmrc);
  if (!isSameRegistry(values.registry, registry)) return '';
  const token: unknown = values[tokenKey(registry)];
  return typeof token === 'string' ? token : '';
}

/** A token as it was given; '' for none, undefined when nothing was said. */
export function readToken(given: string | undefined): string | undefined {
  const text = given?.trim();
  return text?.toLowerCase() === noAnswer ? '' : text || undefined;
}

/** Whether the file holds any token. */
export function holdsToken(npmrc: string): boolean {
  return Object.keys(parse(npmrc)).some((key) => key.endsWith(suffix));
}

function isSameRegistry(written: unknown, registry: string): boolean {
  if (typeof written !== 'string') return false;
  try {
    return registryAddress(written) === registry;
  } catch {
    return false;
  }
}
