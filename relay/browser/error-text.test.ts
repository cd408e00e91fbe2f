import { describe, expect, it } from 'vitest';
import { errorText } from './error-text.ts';

describe('errorText', () => {
  it.each([
    [
      new TypeError('NetworkError when attempting to fetch resource.'),
      'NetworkError when attempting to fetch resource',
    ],
    [new TypeError('Failed to fetch'), 'Failed to fetch'],
    ['The operation is insecure.', 'The operation is insecure'],
  ])('of %s goes into a sentence', (error, text) => {
    expect(errorText(error)).toBe(text);
  });
});
