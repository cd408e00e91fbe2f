// cdn.jsdelivr.net and its API data.jsdelivr.com (https://www.jsdelivr.com/docs/data.jsdelivr.com), from npm packages.

import { PackageError } from '../../base/package-error.ts';
import type { EsModules } from '../../es-modules/es-modules.ts';
import type { Registry } from '../../registry/registry.ts';
import { type CdnAnswer, jsonAnswer, openAddress, parseFileAddress } from '../answer/answer.ts';
import { parseGithubAddress } from '../github/github-address.ts';
import { answerGithub } from '../github/github-file.ts';
import { answerModule } from '../modules/module-answer.ts';
import { answerCombine } from './combine.ts';
import { defaultFile, openJsdelivrFile } from './jsdelivr-file.ts';

/**
 * `/npm/<name>@<range>/<file>`, without a file the package's default file, with `/+esm` at the end an ES module;
 * `/gh/<owner>/<repository>@<ref>/<file>`, `/combine/npm/…,gh/…`.
 * @throws PackageError
 */
export async function answerJsdelivr(
  registry: Registry,
  esModules: EsModules,
  path: string,
): Promise<CdnAnswer | undefined> {
  if (path.startsWith('/combine/')) return answerCombine(registry, path.slice(9));
  if (/^\/(gh|wp)\/./.test(path)) {
    const address = `https://cdn.jsdelivr.net${path}`;
    const onGithub = path.startsWith('/gh/') ? parseGithubAddress(path.slice(4)) : undefined;
    if (onGithub) return answerGithub({ registry, esModules }, onGithub, address);
    throw new PackageError('NOT_ON_NPM', { address });
  }
  if (!path.startsWith('/npm/')) return undefined;
  if (path.endsWith('/+esm')) return answerEsm(esModules, path.slice(5, -5));
  const file = await openJsdelivrFile(registry, path.slice(5));
  return file?.answer();
}

/** `<name>@<range>[/<file>]` as a module; esm.run is short for this. @throws PackageError */
export async function answerEsm(esModules: EsModules, text: string): Promise<CdnAnswer | undefined> {
  const address = parseFileAddress(text);
  return address && answerModule(esModules, address);
}

/** `/v1/package/npm/<name>` → `{tags, versions}`; `/v1/package/npm/<name>@<version>/flat` → `{default, files}`. */
export async function answerJsdelivrData(registry: Registry, path: string): Promise<CdnAnswer | undefined> {
  const address = path.startsWith('/v1/package/npm/') ? parseFileAddress(path.slice(16)) : undefined;
  if (!address) return undefined;
  if (address.range === undefined && address.path === '') {
    const packument = await registry.packument(address.name);
    const versions = Object.keys(packument.versions).reverse();
    return jsonAnswer({ tags: packument['dist-tags'], versions }, 'resolved');
  }
  if (address.path !== '/flat') return undefined;
  const { files, exact } = await openAddress(registry, address);
  const list = (await files.list()).map(({ path: name, size, hash }) => ({
    name,
    hash,
    size,
    time: '1985-10-26T08:15:00.000Z',
  }));
  return jsonAnswer({ default: await defaultFile(files), files: list }, exact ? 'immutable' : 'resolved');
}
