import { expect, it } from 'vitest';
import { redactCredentials } from './redact.ts';

it.each([
  ['git+https://user:sesame@host.example/x.git', 'git+https://***@host.example/x.git'],
  ['https://user:p@ss:w0rd@host.example/', 'https://***@host.example/'],
  ['https://sesame@host.example', 'https://***@host.example'],
  ['Authorization: Bearer sesame', 'Authorization: ***'],
  ['the token npm_abcdefgh12345678 is refused', 'the token *** is refused'],
])('nothing secret is left of %s', (text, redacted) => {
  expect(redactCredentials(text)).toBe(redacted);
});

it.each([
  'https://registry.example.com/@scope/name/-/name-1.0.0.tgz',
  'https://cdn.example.com/npm/react@18.3.1/index.js',
  'https://a.example and someone@example.com',
  'npm:react@^18',
])('what is not secret stays: %s', (text) => {
  expect(redactCredentials(text)).toBe(text);
});
