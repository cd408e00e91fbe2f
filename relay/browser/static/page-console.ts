// The console of a static preview's page: console-hook.ts puts this in the place of Sandpack's hook, and says what the hook said.
import { listenToConsole } from '../console/console-lines.ts';

declare const scope: { channelId: number };

listenToConsole((line) => {
  // As the hook did, to whoever shows the page: the artifact's console holds nothing that is secret from it.
  parent.postMessage({ type: 'console', codesandbox: true, log: [line], channelId: scope.channelId }, '*');
});
