// What a browser refuses a page in a frame, without anything being wrong with the artifact: full screen, file pickers, sound before
// the first click, a service worker. Nobody has to catch that; on a page of its own it would be a line of the console, and so it is here.

const refusals = new Set([
  'AbortError',
  'NotAllowedError',
  'NotReadableError',
  'NotSupportedError',
  'SecurityError',
]);

/**
 * Errors of other names: https://fullscreen.spec.whatwg.org/#dom-element-requestfullscreen, which is a TypeError; what
 * https://w3c.github.io/ServiceWorker/#navigator-service-worker-register and
 * https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia reject with.
 */
const refusing =
  /fullscreen|permissions (?:policy|check)|register a service ?worker|service ?worker script|requested device/i;

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
  if (reason instanceof DOMException && refusals.has(reason.name)) return true;
  return (reason instanceof DOMException || reason instanceof TypeError) && refusing.test(reason.message);
}
