// Addresses of files in GitHub repositories, as CDNs write them.
import semver from 'semver';
import { exactVersion } from '../libraries/package-source.ts';

/** A file of a repository. */
export interface GithubAddress {
  owner: string;
  repository: string;
  /** A tag, a range, a branch or a commit; undefined when the address has none. */
  ref: string | undefined;
  /** Without a leading slash. */
  file: string;
}

/** Branches that hold what was released last, or is about to be. */
const branches = /^(?:latest|stable|release|main|master|head|trunk|dev|develop|gh-pages|refs\/heads\/\w+)$/i;

const commit = /^[0-9a-f]{7,40}$/;

/** `<owner>/<repository>[@<ref>]/<file>`, as jsDelivr and Statically have it. */
export function parseGithubAddress(text: string): GithubAddress | undefined {
  const [, owner = '', repository = '', ref, file] =
    /^([\w.-]+)\/([\w.-]+)(?:@([^/]+))?\/(.+)$/.exec(text) ?? [];
  return file === undefined ? undefined : { owner, repository, ref, file };
}

/** `<owner>/<repository>/<ref>/<file>`, as RawGit and GitHack have it. */
export function parseRawAddress(text: string): GithubAddress | undefined {
  const [, owner = '', repository = '', ref, file] =
    /^([\w.-]+)\/([\w.-]+)\/(refs\/(?:heads|tags)\/[^/]+|[^/]+)\/(.+)$/.exec(text) ?? [];
  return file === undefined ? undefined : { owner, repository, ref, file };
}

/**
 * The version, range or tag on npm that stands for a tag or branch.
 * @returns undefined for a commit, or a branch of another name: no version is that
 */
export function rangeOf(ref: string | undefined): string | undefined {
  if (ref === undefined || branches.test(ref)) return 'latest';
  const tag = ref.replace(/^refs\/tags\//, '').replace(/^v(?=\d)/, '');
  if (commit.test(tag)) return undefined;
  // `@3` is the newest release of that major, `@3.1` of that minor: exactVersion would take them for 3.0.0 and 3.1.0.
  if (/^\d+$/.test(tag)) return `^${tag}.0.0`;
  if (/^\d+\.\d+$/.test(tag)) return `~${tag}.0`;
  return exactVersion(tag) ?? (/^[\d^~>=<]/.test(tag) && semver.validRange(tag) ? tag : undefined);
}
