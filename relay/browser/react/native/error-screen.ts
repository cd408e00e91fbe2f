// The error, over the artifact, where the embedder does not show it itself (`showErrorScreen` of Sandpack).
import type { ShowError } from './problems.ts';

export class ErrorScreen {
  #element: HTMLElement | undefined;

  show({ title, message, path, line, column, payload }: ShowError): void {
    this.clear();
    const element = document.createElement('div');
    element.setAttribute('role', 'alert');
    const root = element.attachShadow({ mode: 'open' });
    const style = document.createElement('style');
    style.textContent = `:host{all:initial;position:fixed;inset:0;z-index:2147483647;overflow:auto;background:#fff;color:#1c1c1f;font:14px/1.5 system-ui,sans-serif;padding:2rem}
h1{font-size:1.1rem;margin:0 0 .5rem;color:#c11}pre{white-space:pre-wrap;margin:0 0 1rem;font:13px/1.5 ui-monospace,monospace}
code{display:block;white-space:pre;overflow:auto;padding:.75rem 1rem;border-radius:6px;background:#f4f4f5;font:13px/1.6 ui-monospace,monospace}
mark,span{display:block}mark{background:#fde2e2;color:inherit}@media (prefers-color-scheme:dark){:host{background:#18181b;color:#f4f4f5}h1{color:#ff8080}code{background:#27272a}mark{background:#5b2020;color:inherit}}`;
    const heading = document.createElement('h1');
    heading.textContent = title;
    const text = document.createElement('pre');
    text.textContent = `${message}${path && payload.frames ? `\n${path}:${line}:${column}` : ''}`;
    root.append(style, heading, text);
    const lines = payload.frames?.[0]?._originalScriptCode ?? [];
    if (lines.length > 0) {
      const code = document.createElement('code');
      for (const { lineNumber, content, highlight } of lines) {
        const row = document.createElement(highlight ? 'mark' : 'span');
        row.textContent = `${String(lineNumber).padStart(4)} | ${content}\n`;
        code.append(row);
      }
      root.append(code);
    }
    this.#element = element;
    document.documentElement.append(element);
  }

  clear(): void {
    this.#element?.remove();
    this.#element = undefined;
  }
}
