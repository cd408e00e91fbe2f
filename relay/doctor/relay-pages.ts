// The relay's pages, workers and files as checks of their headers want them.
import { mirrorWorkerPath } from '../shared/mirror-config.ts';
import { relayFramePath, serviceWorkerPath } from '../shared/relay-messages.ts';
import type { CheckContext } from './check.ts';
import { fail, type Outcome } from './finding.ts';
import type { Answer } from './http-probe.ts';
import { frameConfigOf } from './relay-signs.ts';

/** The relay's pages and worker scripts, as they arrive. */
export interface Pages {
  shell: Answer;
  frame: Answer;
  relayFrame: Answer;
  workers: Answer[];
}

/** @throws NoAnswer */
export async function fetchPages({
  subject: { url, staticHost, reactHost },
  http,
}: CheckContext): Promise<Pages> {
  const at = (host: string, path: string): Promise<Answer> => http.get(`${url.protocol}//${host}${path}`);
  const [shell, frame, relayFrame, staticWorker, mirrorWorker] = await Promise.all([
    at(url.host, '/'),
    at(reactHost, '/'),
    at(staticHost, relayFramePath),
    at(staticHost, serviceWorkerPath),
    at(reactHost, mirrorWorkerPath),
  ]);
  return { shell, frame, relayFrame, workers: [staticWorker, mirrorWorker] };
}

/** Address of one of the relay's immutable scripts, as the frame's page has it. */
export async function assetUrl(context: CheckContext): Promise<string | undefined> {
  const { frame } = await fetchPages(context);
  const file = frameConfigOf(frame)?.file;
  return file && `${context.subject.url.protocol}${file}`;
}

/** One fault for each header that is missing, changed or there twice. */
export function changedHeaders(answer: Answer, wanted: Record<string, string>): Outcome[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const found = answer.all(name);
    if (found.length === 1 && found[0] === value) return [];
    const what =
      found.length === 0
        ? 'none'
        : found.length > 1
          ? `it ${found.length} times: ${found.join(', ')}`
          : `“${found[0]}”`;
    return [
      fail(
        `${name}: ${value}`,
        `${answer.url} has ${what}`,
        `Remove what changes ${name} for the relay’s hosts: \`add_header\`, \`proxy_hide_header\`, \`default_type\` or \`types\` in its server or around it.`,
      ),
    ];
  });
}
