// Pages that differ only by the base host they were asked under: rendered and compressed once for each.
import { PreparedResponse } from './prepared.ts';

/** Few names lead to one relay; the bound only keeps odd ports from filling memory. */
const maxPages = 16;

/** Keeps prepared pages by base authority, e.g. `preview.localhost:1580`. */
export class PageCache {
  readonly #pages = new Map<string, PreparedResponse>();
  readonly #render: (baseAuthority: string) => { html: string; headers: Record<string, string> };

  /** @param render makes page and headers for a base authority */
  constructor(render: (baseAuthority: string) => { html: string; headers: Record<string, string> }) {
    this.#render = render;
  }

  /** The page for this base authority. */
  get(baseAuthority: string): PreparedResponse {
    const known = this.#pages.get(baseAuthority);
    if (known) return known;
    if (this.#pages.size >= maxPages) this.#pages.clear();
    const { html, headers } = this.#render(baseAuthority);
    const page = new PreparedResponse(html, headers);
    this.#pages.set(baseAuthority, page);
    return page;
  }
}

/** JSON that is safe inside a `<script>` element: no `<` can end it. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
