// What esbuild says when it cannot build.
import type { PackageFolder } from './entry-points.ts';

/** Names a package for {@link callEsbuild}. */
export function nameOf({ packageJson }: PackageFolder, file?: string): string {
  return `${packageJson.name}@${packageJson.version}${file === undefined ? '' : `/${file}`}`;
}

/** The first thing that esbuild found wrong, with its file. */
export function describeFailure(error: unknown): string {
  const { errors, message } = error as Error & {
    errors?: { text: string; location?: { file: string } | null }[];
  };
  const first = errors?.[0];
  return first ? `${first.text}${first.location ? ` (${first.location.file})` : ''}` : message;
}
