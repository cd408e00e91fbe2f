/** What to run when the docs and the code disagree. */
export const command: string;
/** The files as they should be, by path from the repository's root. */
export function renderDocs(): Promise<Record<string, string>>;
