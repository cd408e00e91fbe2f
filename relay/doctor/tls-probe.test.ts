import { expect, it } from 'vitest';
import { commonName, coversName } from './tls-probe.ts';

it.each([
  ['preview.example.com', true],
  ['0123456789-preview.example.com', true],
  ['example.com', false],
  ['a.preview.example.com', false],
])('a wildcard for *.example.com covers %s: %s', (host, covered) => {
  expect(coversName(['*.example.com'], host)).toBe(covered);
});

it('covers no id with the wildcard one level too deep', () => {
  expect(coversName(['preview.example.com', '*.preview.example.com'], '0123456789-preview.example.com')).toBe(
    false,
  );
});

it('shortens a subject to its common name', () => {
  expect(commonName("C=US\nO=Let's Encrypt\nCN=R11")).toBe('R11');
  expect(commonName('O=Somebody')).toBe('O=Somebody');
});
