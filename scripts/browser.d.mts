/** The path of a Chromium or Chrome: `CHROMIUM_PATH`, else what is installed; undefined when there is none. */
export function findBrowser(): string | undefined;
/** Makes sure that there is one; ends the process with the remedy when none can be had. */
export function ensureBrowser(): string;
