// The texts of inner documents and workers, made ready for where they run. In the artifact's page, in all that comes of it, and in the
// service worker of static previews.
import type { InnerConfig } from '../../../shared/mirror-config.ts';
import { type CdnText, createCdnText, insertIntoHead } from './cdn-text.ts';
import { escapeAttribute, replaceFrameTags } from './frame-tags.ts';

/** What an address within the page holds. */
export interface Content {
  type: string;
  text: string;
}

/** Everything but the origin, which a `data:` address does not share. */
export const likeDataAddress =
  'allow-downloads allow-forms allow-modals allow-pointer-lock allow-popups allow-presentation allow-scripts';

/** Whether an address holds its content itself, so that no server and no service worker is asked for it. */
export const isWithin = (address: string): boolean => /^\s*(?:blob|data):/i.test(address);
export const isData = (address: string): boolean => /^\s*data:/i.test(address);

/** Whether a frame with this `sandbox` attribute has an origin of its own. */
export const isApart = (sandbox: string | null | undefined): boolean =>
  typeof sandbox === 'string' && !/\ballow-same-origin\b/i.test(sandbox);

/**
 * Whether documents made with `srcdoc`, and shared workers of `blob:` addresses, go through the service worker of the page that
 * makes them, as Chromium has it. In Firefox they do not. https://w3c.github.io/ServiceWorker/#control-and-use-worker-client
 */
export const inheritsWorker = 'userAgentData' in ((globalThis as { navigator?: object }).navigator ?? {});

/** The script itself, for a document or worker that comes of an artifact's page. @param code text of the function */
export function innerCall(code: string, config: InnerConfig): string {
  const given = JSON.stringify({ ...config, role: 'inner' }).replaceAll('<', '\\u003c');
  return `(${code})(${given});`;
}

/** See the head of this file. */
export class InnerTexts {
  readonly cdn: CdnText;
  readonly meta: string;
  readonly #script: string;

  /**
   * @param source the script for what comes of this page
   * @param read what is at an address within the page
   */
  constructor(
    config: InnerConfig,
    readonly source: string,
    readonly read: (address: string) => Content | undefined,
  ) {
    this.cdn = createCdnText(config);
    const policy = escapeAttribute(config.policy);
    this.meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" data-preview-kit>`;
    this.#script = `<script data-preview-kit>${source}</script>`;
  }

  /** An HTML document. @param isOutside no service worker will answer for it */
  document(html: string, isOutside: boolean): string {
    if (html.includes(this.#script)) return html;
    const ready = this.markup(html, isOutside);
    return isOutside
      ? insertIntoHead(this.cdn.rewriteMarkup(ready), this.meta + this.#script)
      : insertIntoHead(ready, this.#script);
  }

  /** HTML whose frames are ready: the browser may show one before any observer is told. @param isOutside as in {@link document} */
  markup(html: string, isOutside: boolean): string {
    return replaceFrameTags(html, ({ srcdoc, src, sandbox }) => {
      if (srcdoc !== undefined)
        return { srcdoc: this.document(srcdoc, isOutside || !inheritsWorker || isApart(sandbox)) };
      const shown = src === undefined ? undefined : this.frame(src);
      if (src === undefined || shown === undefined) return undefined;
      const isAlone = isData(src);
      return {
        srcdoc: this.document(shown, isOutside || !inheritsWorker || isAlone || isApart(sandbox)),
        ...(isAlone && sandbox === undefined && { sandbox: likeDataAddress }),
      };
    });
  }

  /** What is written into a document whose window has the script already. @param isFirst nothing is in it yet */
  written(html: string, isFirst: boolean): string {
    const rewritten = this.cdn.rewriteMarkup(this.markup(html, true));
    return isFirst ? insertIntoHead(rewritten, this.meta) : rewritten;
  }

  /** A worker's script that no service worker will answer for. */
  worker(code: string): string {
    return `${this.source}${this.cdn.rewrite(code)}`;
  }

  /** What a frame shows by `srcdoc`, in place of what is at its address; undefined where the browser may go there itself. */
  frame(address: string): string | undefined {
    if (isWithin(address)) return this.show(address);
    // The policy blocks it, but Chromium connects to the host before it asks the policy.
    if (this.cdn.rewrite(address) === address) return undefined;
    return page(
      `<p>${escapeAttribute(address)} is not shown here: a page of a CDN in a frame does not come from the preview server.`,
    );
  }

  /** A document that shows what is at a `blob:` or `data:` address; undefined when nothing is there. */
  show(address: string): string | undefined {
    const content = this.read(address);
    if (!content) return undefined;
    const { type, text } = content;
    if (isDocument(type)) return text.replace(/^\s*<\?xml[^>]*>/, '');
    const place = escapeAttribute(address);
    if (type.startsWith('image/')) return page(`<img src="${place}">`);
    if (/^(audio|video)\//.test(type)) return page(`<video controls src="${place}"></video>`);
    if (type.startsWith('application/pdf'))
      return page(
        `<embed type="application/pdf" src="${place}" style="position:fixed;inset:0;width:100%;height:100%">`,
      );
    return page(`<pre>${escapeAttribute(text)}</pre>`);
  }
}

const page = (body: string): string => `<!doctype html><body style="margin:0">${body}`;

/** Whether something of this type can run scripts and load files. */
export const isDocument = (type: string): boolean => /^(text\/html|application\/xhtml|image\/svg)/.test(type);

/** Reads a `data:` address. https://fetch.spec.whatwg.org/#data-url-processor */
export function readData(address: string): Content | undefined {
  const parts = /^\s*data:([^,]*),([\s\S]*)/i.exec(address);
  if (!parts) return undefined;
  const [, header = '', body = ''] = parts;
  const isBase64 = /;\s*base64\s*$/i.test(header);
  const type = header.split(';')[0]?.trim().toLowerCase() || 'text/plain';
  try {
    const bytes = isBase64 ? atob(decodeURIComponent(body)) : unescapeBytes(body.replace(/#.*$/s, ''));
    return {
      type,
      text: new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))),
    };
  } catch {
    return undefined;
  }
}

/** One character a byte. What is no escape stands for itself. */
function unescapeBytes(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return Array.from(bytes, (byte) => String.fromCharCode(byte))
    .join('')
    .replace(/%([\da-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
