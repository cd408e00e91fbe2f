// The browser's own words for a failure, as part of a sentence of ours.

/** Without the full stop that Firefox ends its messages with and other browsers do not. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\.$/, '');
}
