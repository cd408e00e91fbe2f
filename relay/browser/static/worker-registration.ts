// Registers the service worker of this origin, for the relay frame and the fallback page. Ends with an active worker or with a
// WorkerUnavailable that says why there is none; never waits for ever.
import { serviceWorkerPath } from '../../shared/relay-messages.ts';
import { diagnoseWorker, troubleNotices, type WorkerFindings, type WorkerTrouble } from './worker-trouble.ts';

const activationTimeoutMs = 8_000;

/** There is no worker on this origin, and this is why. */
export class WorkerUnavailable extends Error {
  override readonly name = 'WorkerUnavailable';
  constructor(
    readonly trouble: WorkerTrouble,
    /** The browser's own words. */
    readonly detail: string,
  ) {
    const { message, remedy } = troubleNotices[trouble];
    super(`${message} ${remedy} (${detail})`);
  }
}

/**
 * Registers the worker and waits until it can answer requests.
 * @throws WorkerUnavailable
 */
export async function openWorker(): Promise<ServiceWorker> {
  const hasServiceWorker = 'serviceWorker' in navigator;
  const context = { isSecureContext, hasServiceWorker };
  if (!isSecureContext || !hasServiceWorker) {
    throw new WorkerUnavailable(diagnoseWorker(context), `${location.origin}: no navigator.serviceWorker`);
  }
  try {
    const registration = await navigator.serviceWorker.register(serviceWorkerPath, { scope: '/' });
    return registration.active ?? (await waitForActivation(registration));
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const script = await fetchScript();
    const findings: WorkerFindings = { ...context, error, ...(script && { script }) };
    throw new WorkerUnavailable(diagnoseWorker(findings), `${error.name}: ${error.message}`);
  }
}

function waitForActivation(registration: ServiceWorkerRegistration): Promise<ServiceWorker> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${serviceWorkerPath} was registered, but ${why}.`));
    const worker = registration.installing ?? registration.waiting;
    if (!worker) fail('the browser made no worker of it');
    const timer = setTimeout(
      () => fail(`was not active within ${activationTimeoutMs / 1000} s`),
      activationTimeoutMs,
    );
    const check = () => {
      // `activating` will do: the browser holds requests back until activation is over.
      // https://w3c.github.io/ServiceWorker/#handle-fetch
      if (registration.active) resolve(registration.active);
      else if (worker?.state === 'redundant') fail('its installation failed');
      else return;
      clearTimeout(timer);
    };
    worker?.addEventListener('statechange', check);
    check();
  });
}

async function fetchScript(): Promise<{ status: number; type: string } | undefined> {
  try {
    const { status, headers } = await fetch(serviceWorkerPath, { cache: 'no-store' });
    return { status, type: headers.get('content-type') ?? '' };
  } catch {
    return undefined;
  }
}
