// Calls of the kit's API with the cookie of this page.

/** What the API refuses; the message is for people. */
export class CallFailed extends Error {
  override name = 'CallFailed';
}

/** @param path below `/api`. @throws CallFailed */
export async function callApi<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`/api${path}`, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new CallFailed('The server cannot be reached. Check the connection, then try again.');
  });
  if (response.status === 401)
    throw new CallFailed('You are no longer signed in here. Ask for a new link, or load this page again.');
  const answer = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw new CallFailed(answer?.error?.message ?? `The server answered ${response.status}. Try again.`);
}

/** The path of a share, or of what is below it. */
export const pathOf = (name: string, ...more: string[]): string =>
  ['/shares', ...[name, ...more].map(encodeURIComponent)].join('/');
