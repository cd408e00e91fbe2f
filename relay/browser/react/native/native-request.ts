// How a page and its shell ask the relay to compile an artifact. The shell asks first: the frame is still on its way then.
import type { NativeAnswer, NativeRequest } from '../../../shared/native.ts';
import { isRefusedOnTheWay, postText, type RawAnswer, readAnswer } from '../package-request.ts';
import type { CompileMessage } from '../sandpack-messages.ts';
import { isPlayCdn } from './tailwind.ts';

/** Sandpack's name of the templates that are React on the browser. */
const nativeTemplate = 'create-react-app';

/** Whether the native engine shows this artifact; the bundler shows the others. */
export function isNative(message: CompileMessage): boolean {
  return message.template === nativeTemplate;
}

/** What the relay is asked about an artifact. @param imports see {@link NativeRequest} */
export function requestOf(message: CompileMessage, imports: string[]): NativeRequest {
  return {
    files: sourcesOf(message),
    imports,
    tailwind: (message.externalResources ?? []).some(isPlayCdn),
  };
}

/** The artifact's files as they were written. */
export function sourcesOf({ modules }: CompileMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(modules).map(([path, { code }]) => [path, code]));
}

/** @param base address of the packages surface, with a slash at the end */
export function askNative(base: string, request: NativeRequest): Promise<RawAnswer> {
  return postText(`${base}native`, JSON.stringify(request));
}

/** The artifact's files did not get to where they are compiled. */
export class FilesRefused extends Error {}

/** @throws FilesRefused, or Error with a message for people */
export function readNative(answer: RawAnswer): NativeAnswer {
  if (isRefusedOnTheWay(answer)) throw new FilesRefused(`A request for /-/native got ${answer.status}`);
  return readAnswer(answer) as NativeAnswer;
}
