// The chat page of the static-relay tests: mounts previews with the real client libraries. Driven through `window.chat`.
import { loadSandpackClient } from '@codesandbox/sandpack-client';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { SandpackPreview, SandpackProvider } from 'sandpack-react-2.19.10';
import { PreviewController as NewestController } from 'static-browser-server';
import { PreviewController as PinnedController } from 'static-browser-server-1.0.3';

const controllers = { '1.0.3': PinnedController, '1.0.5': NewestController };
const sandbox =
  'allow-forms allow-modals allow-popups allow-presentation allow-same-origin allow-scripts allow-downloads allow-pointer-lock';

const messages = [];
window.addEventListener('message', ({ data }) => messages.push(data));

function addFrame() {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', sandbox);
  document.body.append(frame);
  return frame;
}

window.chat = {
  messages,

  /** Mounts `files` with a bare client. `delayMs` makes the client slow; a file whose content is `null` is never answered. */
  async mount(version, baseUrl, files, delayMs = 0) {
    const startedAt = performance.now();
    const controller = new controllers[version]({
      baseUrl,
      async getFileContent(path) {
        if (!(path in files)) throw new Error('File not found');
        if (files[path] === null) await new Promise(() => {});
        if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
        return files[path];
      },
    });
    const url = await controller.initPreview();
    const readyMs = performance.now() - startedAt;
    const frame = addFrame();
    frame.src = url;
    await new Promise((resolve) => {
      frame.onload = resolve;
    });
    return { url, readyMs, loadedMs: performance.now() - startedAt };
  },

  /** Makes the next client of each version take the same id, as if two chats shared one. */
  freezeIds() {
    const now = Date.now();
    Date.now = () => now;
    Math.random = () => 0.5;
  },

  /** Mounts with sandpack-client, which injects its console hook and `resources`. */
  async mountSandpack(bundlerURL, html, externalResources = []) {
    const frame = addFrame();
    await loadSandpackClient(
      frame,
      { files: { '/index.html': { code: html } }, entry: '/index.html', template: 'static' },
      { bundlerURL, externalResources },
    );
  },

  /** Mounts as LibreChat does. */
  mountProvider(bundlerURL, html, externalResources) {
    const main = document.querySelector('main');
    createRoot(main).render(
      createElement(
        SandpackProvider,
        { files: { 'index.html': html }, template: 'static', options: { bundlerURL, externalResources } },
        createElement(SandpackPreview, { showOpenInCodeSandbox: false, showRefreshButton: false }),
      ),
    );
  },

  /** Asks the relay frame of `origin` for its metrics. */
  requestMetrics(origin) {
    const relay = [...document.querySelectorAll('iframe')].find(({ src }) =>
      src.startsWith(`${origin}/__csb_relay/`),
    );
    return new Promise((resolve) => {
      window.addEventListener('message', (event) => {
        if (event.origin === origin && event.data?.type === 'preview-kit:metrics') resolve(event.data);
      });
      relay.contentWindow.postMessage({ type: 'preview-kit:metrics-request' }, '*');
    });
  },

  removeRelays() {
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.src.includes('/__csb_relay/')) frame.remove();
  },
};
