import { expect, it } from 'vitest';
import { foreignFileHeaders } from './headers.ts';

it.each(['text/html; charset=utf-8', 'image/svg+xml', 'application/xhtml+xml', 'text/xml'])(
  'takes the origin from a file of others that is a document: %s',
  (type) => {
    expect(foreignFileHeaders(type)['Content-Security-Policy']).toBe('sandbox');
  },
);

it.each(['text/javascript; charset=utf-8', 'text/css', 'font/woff2', 'application/wasm', 'image/png'])(
  'leaves to a file what it is loaded for: %s',
  (type) => {
    expect(foreignFileHeaders(type)).not.toHaveProperty('Content-Security-Policy');
  },
);
