// What a browser refuses a page in a frame, without anything being wrong with the artifact: full screen, file pickers, sound before
// the first click. Nobody has to catch that; on a page of its own it would be a line of the console, and so it is here.

const refusals = new Set(['AbortError', 'NotAllowedError', 'NotSupportedError', 'SecurityError']);

/**
 * Says in the console that a promise was rejected with a refusal of the browser's.
 * @param reason of an `unhandledrejection`
 * @returns false when it is anything else, which covers the artifact
 */
export function tellRefusal(reason: unknown): boolean {
  if (!isRefusal(reason)) return false;
  console.error('Uncaught (in promise)', reason);
  return true;
}

function isRefusal(reason: unknown): boolean {
  if (reason instanceof DOMException) return refusals.has(reason.name);
  // https://fullscreen.spec.whatwg.org/#dom-element-requestfullscreen rejects with a TypeError.
  return reason instanceof TypeError && /fullscreen|permissions (policy|check)/i.test(reason.message);
}
