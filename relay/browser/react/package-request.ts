// Requests to the packages surface, in two steps: the shell makes one and hands the answer on unread, the frame reads it.

/** An answer that can be posted to another window, or why there is none. */
export type RawAnswer = { status: number; body: ArrayBuffer } | { failure: string };

/** Longer than any wait of the server, shorter than Sandpack's own 40 s. */
const timeoutMs = 33_000;
/** A proxy may allow 8 kB for the request line. */
const maxAddressLength = 7000;

/**
 * Asks with `query` in the address, or in the body where it is too long for that; text/plain needs no preflight.
 * @param address absolute, without a query
 */
export function askPackages(address: string, query: string): Promise<RawAnswer> {
  const whole = `${address}?q=${encodeURIComponent(query)}`;
  return whole.length < maxAddressLength ? ask(whole, {}) : postText(address, query);
}

/** Sends `text` as the body. @param address absolute */
export function postText(address: string, text: string): Promise<RawAnswer> {
  return ask(address, { method: 'POST', body: text });
}

async function ask(address: string, options: RequestInit): Promise<RawAnswer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(address, { ...options, signal, credentials: 'omit' });
    return { status: response.status, body: await response.arrayBuffer() };
  } catch (error) {
    const isLate = (error as Error).name === 'TimeoutError';
    return {
      failure: isLate
        ? `The package server did not answer within ${timeoutMs / 1000} s.`
        : `The package server at ${new URL(address).host} cannot be reached.`,
    };
  }
}

/**
 * The JSON of an answer.
 * @throws Error with a message for people: what went wrong and what helps
 */
export function readAnswer(answer: RawAnswer): unknown {
  if ('failure' in answer) throw new Error(answer.failure);
  const { status, body } = answer;
  const content = parse(body);
  if (status === 200 && content !== undefined) return content;
  const { message = `The package server answered ${status}.`, remedy } = errorIn(body) ?? {};
  throw new Error([message, remedy].filter(Boolean).join(' '));
}

/** Whether a proxy, and not the relay, refused the request, or its body was too large for either. */
export function isRefusedOnTheWay(answer: RawAnswer): answer is { status: number; body: ArrayBuffer } {
  if ('failure' in answer || answer.status < 400 || answer.status >= 500) return false;
  return answer.status === 413 || errorIn(answer.body) === undefined;
}

function errorIn(body: ArrayBuffer): { message?: string; remedy?: string } | undefined {
  return (parse(body) as { error?: { message?: string; remedy?: string } } | undefined)?.error;
}

function parse(body: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
