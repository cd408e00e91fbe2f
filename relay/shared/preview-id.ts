// Whose preview an id names: the shell makes one kind, Sandpack's static client another.

/** Ids of React previews start with `r` and carry 103 random bits; the static client makes hexadecimal ids of its own. */
export const reactIdLength = 21;

/** Whether `id` was made by Sandpack's static client: lower-case hexadecimal, 10–20 characters (static-browser-server 1.0.3–1.0.6). */
export function isStaticId(id: string): boolean {
  return /^[0-9a-f]{10,20}$/.test(id);
}
