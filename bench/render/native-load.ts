// What a native preview of an artifact is made of, taken from a real one: the relay's answers, and the address of Tailwind's Play CDN.
import type { NativeAnswer } from '../../relay/shared/native.ts';
import type { Chromium, Json } from './chromium.ts';
import { HostPage } from './host-page.ts';

export interface NativeLoad {
  answer: NativeAnswer;
  /** Address of the base host, with a slash at the end. */
  base: string;
  /** Tailwind's styles, as the relay made them. */
  css: string;
  /** Address at which the kit has Tailwind's Play CDN. */
  playCdn: string;
}

interface Response {
  url: string;
  requestId: string;
  sessionId: string | undefined;
}

/** @throws Error when the preview does not ask for these */
export async function recordNativeLoad(
  chromium: Chromium,
  hostPageUrl: string,
  artifact: string,
): Promise<NativeLoad> {
  const page = await HostPage.open(chromium, hostPageUrl);
  const responses: Response[] = [];
  const stop = chromium.listen(({ method, params, sessionId }) => {
    if (method !== 'Network.responseReceived') return;
    const url = String((params.response as Json).url);
    responses.push({ url, requestId: String(params.requestId), sessionId });
  });
  await page.watch((send) => send('Network.enable'));
  await page.render(artifact);
  stop();
  const find = (path: RegExp): Response => {
    const found = responses.find(({ url }) => path.test(url));
    if (!found) throw new Error(`The preview asked for nothing like ${path}.`);
    return found;
  };
  const readText = async ({ requestId, sessionId }: Response): Promise<string> => {
    const { body, base64Encoded } = await chromium.send('Network.getResponseBody', { requestId }, sessionId);
    return Buffer.from(String(body), base64Encoded ? 'base64' : 'utf8').toString();
  };
  const native = find(/\/-\/native$/);
  const load = {
    answer: JSON.parse(await readText(native)),
    base: new URL('/', native.url).href,
    css: await readText(find(/\/-\/styles\//)),
    playCdn: find(/\/cdn\.tailwindcss\.com\//).url,
  };
  await page.close();
  return load;
}
