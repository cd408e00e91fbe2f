// The message in which a React preview's service worker tells the page what could not be had.
const type = 'preview-kit:report';

/** @param text a sentence for the artifact's console */
export function createReport(text: string): { type: string; text: string } {
  return { type, text };
}

/** The text; undefined when `data` is another message. */
export function readReport(data: unknown): string | undefined {
  const report = data as { type?: unknown; text?: unknown } | null;
  return report?.type === type && typeof report.text === 'string' ? report.text : undefined;
}
