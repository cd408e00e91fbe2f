// Writes down which requests of a tab and its frames came to nothing.
import type { Page } from 'playwright-core';

/**
 * @param beyondReach addresses whose failure is expected
 * @returns a list that grows: one sentence for each address that failed or was answered with an error
 */
export function watchRequests(page: Page, beyondReach?: RegExp): string[] {
  const failed: string[] = [];
  const note = (address: string, reason: string) => {
    const sentence = `${address.slice(0, 200)}: ${reason}`;
    if (!beyondReach?.test(address) && !failed.includes(sentence)) failed.push(sentence);
  };
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed';
    // Sandpack loads a static preview twice; what the first document still waited for is dropped.
    if (reason !== 'net::ERR_ABORTED') note(request.url(), reason);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) note(response.url(), String(response.status()));
  });
  // A file with another checksum arrives all right and is then refused.
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes("'integrity'")) note(message.text(), 'refused');
  });
  return failed;
}
