// What the worker answers when it has nothing to pass on: a page for navigations, one line of text for everything else.
import { escapeHtml, renderNotice } from '../../shared/page.ts';
import { createMessage } from '../../shared/relay-messages.ts';

/** Why there is no file; `title` for the page, `message` for page, text and console, `remedy` for what a person can do. */
export interface Failure {
  title: string;
  message: string;
  remedy: string;
}

/**
 * @param failure what happened
 * @param isNavigation whether a person will look at the answer
 * @returns status 504; the page reloads itself once the worker says that the client has answered after all
 */
export function buildFailureResponse(failure: Failure, isNavigation: boolean): Response {
  const body = isNavigation ? renderFailurePage(failure) : `${failure.message} ${failure.remedy}\n`;
  return new Response(body, {
    status: 504,
    headers: {
      'content-type': isNavigation ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    },
  });
}

function renderFailurePage({ title, message, remedy }: Failure): string {
  const { $type } = createMessage('worker/late-answer', {});
  return renderNotice({
    title,
    code: 'PREVIEW_UNANSWERED',
    body: `<p>${escapeHtml(message)}</p>
<p><strong>What to do:</strong> ${escapeHtml(remedy)}</p>
<script>
navigator.serviceWorker.onmessage = ({ data }) => { if (data?.$type === '${$type}') location.reload(); };
</script>`,
  });
}
