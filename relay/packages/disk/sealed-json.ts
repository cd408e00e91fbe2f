// JSON that notices its own damage: the last field is a checksum of everything before it. Stays readable as plain JSON.
import { createHash } from 'node:crypto';

const seal = /,"checksum":"([0-9a-f]{64})"\}$/;

/** @param value an object with at least one field, none of them `checksum` */
export function sealJson(value: object): string {
  const text = JSON.stringify(value);
  return `${text.slice(0, -1)},"checksum":"${digest(text)}"}`;
}

/** What {@link sealJson} was given; undefined when a bit of the text was changed, cut off or never sealed. */
export function unsealJson<T>(text: string): T | undefined {
  const match = seal.exec(text);
  if (!match) return undefined;
  const body = `${text.slice(0, match.index)}}`;
  return digest(body) === match[1] ? (JSON.parse(body) as T) : undefined;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
