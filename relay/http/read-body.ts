// A request's body, where no parser is at hand.
import type { IncomingMessage } from 'node:http';
import { HttpError } from './errors.ts';

/** @throws HttpError BODY_TOO_LARGE */
export async function readBody(req: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) throw new HttpError('BODY_TOO_LARGE', `${maxBytes} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
