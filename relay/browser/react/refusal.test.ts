import { afterEach, expect, it, vi } from 'vitest';
import { tellRefusal } from './refusal.ts';

const error = vi.spyOn(console, 'error').mockImplementation(() => {});
afterEach(() => error.mockClear());

it.each([
  new DOMException('play() failed', 'NotAllowedError'),
  new DOMException('Cross origin sub frames may not show a file picker.', 'SecurityError'),
  new DOMException('Requested device not found', 'NotFoundError'),
  new TypeError("Failed to execute 'requestFullscreen' on 'Element': Disallowed by permissions policy"),
  new TypeError('Fullscreen request denied'),
  new TypeError('Failed to register a ServiceWorker for scope: A bad HTTP response code (404) was received'),
])('makes a refusal a line of the console: %s', (reason) => {
  expect(tellRefusal(reason)).toBe(true);
  expect(error).toHaveBeenCalledWith('Uncaught (in promise)', reason);
});

it.each([
  new TypeError('x is not a function'),
  new Error('NotAllowedError'),
  new DOMException('The node to be removed is not a child of this node.', 'NotFoundError'),
  'cancelled',
  undefined,
])('leaves to the overlay what is the artifact’s own: %s', (reason) => {
  expect(tellRefusal(reason)).toBe(false);
  expect(error).not.toHaveBeenCalled();
});
