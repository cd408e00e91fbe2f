// Media types of files, by their extension.
import mime from 'mime';

/** The media type by extension; scripts and text with their charset. */
export function mediaType(path: string): string {
  const type =
    path.endsWith('.ts') || path.endsWith('.tsx') ? 'text/plain' : (mime.getType(path) ?? 'text/plain');
  return type.startsWith('text/') || /json|javascript|xml/.test(type) ? `${type}; charset=utf-8` : type;
}
