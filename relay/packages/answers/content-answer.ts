// Files and documents as the engine answers with them: plain data that surfaces turn into responses, read when they are needed.
import { mediaType } from '../base/media-type.ts';
import { PackageError } from '../base/package-error.ts';
import type { EncodedContent } from '../disk/encoded-store.ts';
import type { PackageFiles } from '../store/package-files.ts';

/** A file or a document. */
export interface ContentAnswer {
  kind: 'content';
  /** Names the content: equal identities, equal bytes. Undefined where only reading tells. */
  identity?: string;
  read(): Promise<Buffer | string>;
  /** How it travels, when that is ready. */
  encoded?: EncodedContent;
  type: string;
  lifetime: 'immutable' | 'resolved';
  headers?: Record<string, string>;
  /** The package version it is from: `name@version`. */
  source?: string;
  /** Other package versions that it cannot be made without. */
  otherSources?: () => Promise<string[]>;
  /** Whether reading makes it, which takes a while: what prepares for those who will ask has it made and stored. */
  isBuilt?: boolean;
  /** The file in there, with a leading slash. */
  file?: string;
  /** Number of the operator's rule that chose it. */
  rule?: number;
}

/**
 * A file of a package with its media type; text is UTF-8.
 * @throws PackageError FILE_NOT_FOUND
 */
export async function fileAnswer(files: PackageFiles, path: string, exact: boolean): Promise<ContentAnswer> {
  const { name, version, integrity } = files;
  if (!(await files.has(path)))
    throw new PackageError('FILE_NOT_FOUND', { packageName: name, version, path });
  return {
    kind: 'content',
    identity: `${name}@${version}${path} ${integrity}`,
    read: () => files.read(path),
    type: mediaType(path),
    source: `${name}@${version}`,
    file: path,
    lifetime: exact ? 'immutable' : 'resolved',
  };
}

/** The content of an answer, as bytes. */
export async function readContent(answer: Pick<ContentAnswer, 'read'>): Promise<Buffer> {
  const content = await answer.read();
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/** A text that was made for this answer. */
export function textAnswer(
  text: string,
  facts: Pick<ContentAnswer, 'type' | 'lifetime'> & Partial<ContentAnswer>,
): ContentAnswer {
  return { kind: 'content', read: async () => text, ...facts };
}
