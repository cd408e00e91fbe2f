// The bundler believes the first `register-frame` of any window, and every window of the chat page's tree can post here. So only
// the page that nests this frame may speak to it; what an artifact tells itself passes.
import { isForBundler } from './sandpack-messages.ts';

/**
 * Stops messages of the Sandpack protocol and of the kit that come from anywhere else, before any other listener gets them:
 * call it before other scripts run.
 * @param embedderOrigin where the messages come from; undefined for any that may frame this page
 */
export function guardMessages(embedderOrigin: string | undefined): void {
  window.addEventListener(
    'message',
    (event) => {
      const fromEmbedder =
        event.source === window.parent && (embedderOrigin === undefined || event.origin === embedderOrigin);
      if (!fromEmbedder && isForBundler(event.data)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
