// Files of a package that are neither code nor data for code: images, fonts, sounds, WebAssembly. Code and styles name them by
// the address at which the kit serves them.
import type { PackageFolder } from './entry-points.ts';

const assetExtensions = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.gif',
  '.svg',
  '.webp',
  '.avif',
  '.ico',
  '.woff',
  '.woff2',
  '.ttf',
  '.otf',
  '.eot',
  '.mp3',
  '.mp4',
  '.webm',
  '.wasm',
  '.glb',
  '.bin',
]);

/** Whether code that imports such a file expects its address. */
export function isAsset(extension: string): boolean {
  return assetExtensions.has(extension);
}

/** A file's public address, which the frame turns to the kit's twin of it. */
export function publicAddress({ packageJson }: PackageFolder, file: string): string {
  return `https://cdn.jsdelivr.net/npm/${packageJson.name}@${packageJson.version}/${file}`;
}

/** A JavaScript expression for the address at which the kit serves a file of the package. */
export function assetAddress(folder: PackageFolder, file: string): string {
  return `__previewKit.cdn+${JSON.stringify(publicAddress(folder, file).replace('https://', ''))}`;
}
