import { expect, test } from 'vitest';
import { sealJson, unsealJson } from './sealed-json.ts';

const value = { name: 'pad', list: [1, 'zwei', { '1': null }] };

test('comes back as it was, and is plain JSON for others', () => {
  const text = sealJson(value);
  expect(unsealJson(text)).toEqual(value);
  expect(JSON.parse(text)).toMatchObject(value);
});

test('notices every single changed or missing character', () => {
  const text = sealJson(value);
  for (let at = 0; at < text.length; at += 1) {
    const flipped = String.fromCharCode(text.charCodeAt(at) ^ 1);
    expect(unsealJson(text.slice(0, at) + flipped + text.slice(at + 1)), `bit at ${at}`).toBeUndefined();
    expect(unsealJson(text.slice(0, at)), `cut at ${at}`).toBeUndefined();
  }
  expect(unsealJson(JSON.stringify(value))).toBeUndefined();
});
