// A pack as the script that it is: modules as functions and stylesheets as strings, handed to the page in one call. One file that
// cannot be a function must not spoil the others: each is parsed by itself first.
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { compileFunction } from 'node:vm';
import type { LinkedModule } from '../prebundle/linked-modules.ts';
import type { PackContents } from './pack-partition.ts';

const parameters = ['module', 'exports', 'require'];

/** The script, and the SHA-256 of it in hexadecimal; what it calls is described in relay/shared/native.ts. */
export function writePack(contents: PackContents): { name: string; text: Buffer } {
  const rows = contents.map(([path, module]) => `${JSON.stringify(path)}:${writeModule(path, module)}`);
  const text = Buffer.from(`previewKitPack({\n${rows.join(',\n')}\n});\n`);
  return { name: createHash('sha256').update(text).digest('hex'), text };
}

/** Why a module cannot run as it is; undefined for all but the odd one. */
export function faultOf(path: string, { content, isCode }: LinkedModule): string | undefined {
  const extension = extname(path);
  if (extension === '.css') return undefined;
  if (!isCode && extension !== '.json')
    return `it is a ${extension || 'nameless'} file, which has to be compiled`;
  try {
    if (isCode) compileFunction(bodyOf(content), parameters);
    else JSON.parse(content);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Takes the place of a module that cannot run: says so to whoever requires it. */
export function failingModule(path: string, module: LinkedModule, fault: string): LinkedModule {
  const { packageName, version } = module.node;
  const message = `${packageName}@${version} cannot be used in a preview: ${fault} (${path}).`;
  return { ...module, content: `throw new Error(${JSON.stringify(message)});`, isCode: true, links: {} };
}

function writeModule(path: string, { content, isCode, links }: LinkedModule): string {
  if (!isCode && extname(path) === '.css') return JSON.stringify(content);
  // A value that is written as JSON is parsed faster than as code.
  const body = isCode ? bodyOf(content) : `module.exports=JSON.parse(${JSON.stringify(content)});`;
  return `[function(${parameters}){${body}\n},${JSON.stringify(links)}]`;
}

/** A first line for the shell is a comment to files only, not to functions. */
function bodyOf(content: string): string {
  return content.startsWith('#!') ? `//${content}` : content;
}
