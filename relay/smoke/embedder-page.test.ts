import { expect, it } from 'vitest';
import { framePolicyOf } from './embedder-page.ts';

it.each([
  ['', ''],
  ["script-src 'self'", ''],
  [
    "default-src 'self'; frame-src https://preview.example.com https://*.example.com",
    'frame-src https://preview.example.com https://*.example.com',
  ],
  ["default-src 'self'; script-src x", "frame-src 'self'"],
  ["child-src blob:; default-src 'self'", 'frame-src blob:'],
  ['Frame-Src', "frame-src 'none'"],
])('keeps of the policy %j what limits frames', (policy, expected) => {
  expect(framePolicyOf(policy)).toBe(expected);
});
