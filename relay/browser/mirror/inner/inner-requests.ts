// What scripts ask for by themselves, in windows and workers.
import { type Content, inheritsWorker, isData, isWithin, readData } from './inner-texts.ts';
import { type Realm, replaceMethod } from './realm.ts';

const scope = globalThis as unknown as Record<string, { prototype: object } | undefined>;

/** Sends requests to the kit's copies, where no service worker does. */
export function keepRequestsHome(realm: Realm): void {
  const home = (address: unknown) =>
    realm.isControlled || (typeof address !== 'string' && !(address instanceof URL))
      ? address
      : realm.texts.cdn.rewrite(String(address));
  replaceMethod(
    globalThis,
    'fetch',
    (original) => (input, init) =>
      original.call(
        globalThis,
        input instanceof Request && home(input.url) !== input.url
          ? new Request(home(input.url) as string, input)
          : home(input),
        init,
      ),
  );
  replaceMethod(
    scope.XMLHttpRequest?.prototype,
    'open',
    (original) =>
      function (method, address, ...rest) {
        return original.call(this, method, home(address), ...rest);
      },
  );
  replaceMethod(
    globalThis,
    'importScripts',
    (original) =>
      (...addresses) =>
        original.call(globalThis, ...addresses.map(home)),
  );
}

/** Reads a `blob:` or `data:` address at once: whoever sets it may revoke it in the next statement. */
export function readWithin(address: string): Content | undefined {
  if (isData(address)) return readData(address);
  try {
    const request = new XMLHttpRequest();
    request.open('GET', address, false);
    request.send();
    const type = request.getResponseHeader('content-type') ?? '';
    return { type: type.toLowerCase(), text: request.responseText };
  } catch {
    return undefined;
  }
}

type WorkerClass = new (address: string | URL, options?: unknown) => object;

/**
 * Workers of `data:` addresses have an origin of their own, so the page's service worker does not answer for them; those of `blob:`
 * addresses have that of the window or worker that starts them.
 */
export function keepWorkersHome(realm: Realm): void {
  const scripts = new Map<string, string>();
  const addressOf = (
    given: string | URL,
    { isShared, isModule }: { isShared: boolean; isModule: boolean },
  ): string | URL => {
    const address = String(given);
    // Chromium takes a module worker's imports for workers, which the policy lets come from the kit only.
    const isOutside = !realm.isControlled || isModule || (isShared && !inheritsWorker);
    if (!isWithin(address) || !(isOutside || isData(address))) return given;
    // Shared workers are the same worker when they have the same address.
    const known = scripts.get(address);
    if (known !== undefined) return known;
    const content = readWithin(address);
    if (!content) return given;
    const text = !isOutside ? content.text : realm.texts.worker(content.text);
    const own = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    scripts.set(address, own);
    return own;
  };
  for (const name of ['Worker', 'SharedWorker']) {
    const Original = scope[name] as unknown as WorkerClass | undefined;
    if (!Original) continue;
    const Replaced = class extends Original {
      constructor(address: string | URL, options?: unknown) {
        const isModule = (options as WorkerOptions | undefined)?.type === 'module';
        super(addressOf(address, { isShared: name === 'SharedWorker', isModule }), options);
      }
    };
    Object.defineProperty(Replaced, 'name', { value: name });
    Object.defineProperty(globalThis, name, { value: Replaced, configurable: true, writable: true });
  }
}
