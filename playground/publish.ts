// Publishing what is open in the panel, by the relay's API at this same place. The relay takes whoever is here for its operator.
import type { Artifact, ArtifactType } from './librechat.ts';

export interface PublishAnswers {
  title: string;
  /** First part of the address; empty for one that is made from the title. */
  name: string;
  visibility: 'private' | 'public' | 'password';
  password: string;
  /** Until nobody can open it; 0 for no end. */
  days: number;
}

/** A page that was published. */
export interface PublishedPage {
  name: string;
  url: string;
  /** What opens it, now and for whoever it is given to. */
  link: string;
  isPrivate: boolean;
}

/** What the relay refuses, in words for people. */
export class PublishRefused extends Error {
  override name = 'PublishRefused';
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

interface Answer {
  share: { name: string; url: string; visibility: string };
  link?: string;
}

const types: Record<Exclude<ArtifactType, 'application/vnd.react'>, string> = {
  'text/html': 'html',
  'image/svg+xml': 'svg',
  'text/markdown': 'markdown',
};

/** An artifact as the API takes it. */
export function contentOf({ type, code, files, dependencies }: Artifact): object {
  if (type !== 'application/vnd.react') return { type: types[type], content: code };
  return {
    type: 'react',
    content: code,
    ...(files && { files }),
    ...(dependencies && { dependencies }),
  };
}

/** @throws PublishRefused */
export async function publish(artifact: Artifact, answers: PublishAnswers): Promise<PublishedPage> {
  const { title, name, visibility, password, days } = answers;
  return pageOf(
    await call<Answer>('POST', '/api/shares', {
      title,
      visibility,
      content: contentOf(artifact),
      ...(name !== '' && { name }),
      ...(visibility === 'password' && { password }),
      ...(days > 0 && { expiresInDays: days }),
    }),
  );
}

/** Shows the artifact as it is now at the address that it has. @throws PublishRefused; with status 404 the page is gone */
export async function update(artifact: Artifact, name: string): Promise<PublishedPage> {
  return pageOf(
    await call<Answer>('PATCH', `/api/shares/${encodeURIComponent(name)}`, { content: contentOf(artifact) }),
  );
}

function pageOf({ share, link }: Answer): PublishedPage {
  const { name, url, visibility } = share;
  return { name, url, link: link ?? url, isPrivate: visibility === 'private' };
}

async function call<Body>(method: string, path: string, body: object): Promise<Body> {
  const unreachable = () => {
    throw new PublishRefused('The relay cannot be reached.', 0);
  };
  await fetch('/pages/enter', { method: 'POST' }).catch(unreachable);
  const response = await fetch(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(unreachable);
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as Body;
  throw new PublishRefused(
    answer.error?.message ?? `The relay answered ${response.status}.`,
    response.status,
  );
}

const storageKey = 'playground-published';

/** Names of pages by the sample that they were published from, in this browser. */
export function publishedName(sampleId: string): string | undefined {
  return readNames()[sampleId];
}

/** @param name undefined forgets it */
export function keepPublishedName(sampleId: string, name: string | undefined): void {
  const { [sampleId]: _before, ...others } = readNames();
  try {
    localStorage.setItem(
      storageKey,
      JSON.stringify(name === undefined ? others : { ...others, [sampleId]: name }),
    );
  } catch {
    // Without storage, the next visit publishes anew.
  }
}

function readNames(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}
