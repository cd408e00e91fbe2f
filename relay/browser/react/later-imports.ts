// Imports that this preview's next load has to bring from the start: an `import()` of a computed name is in no artifact's code.
const key = 'preview-kit:imports';

/** What {@link rememberImports} was told; empty where storage is blocked. */
export function laterImports(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** Keeps specifiers as long as the preview's tab is open. */
export function rememberImports(specifiers: string[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify([...new Set([...laterImports(), ...specifiers])]));
  } catch {
    // Blocked storage: names that the code spells out are found again anyway.
  }
}
