// What other sites are told of a public share that somebody links to there: https://oembed.com/
import type { HostRecord } from '../hosts/host-record.ts';
import { HttpError } from '../http/errors.ts';
import { embedCode } from '../shared/manage/embed-code.ts';
import { pictureAddress, pictureSize } from './share-head.ts';
import { settingsOf } from './share-service.ts';

const fullSize = { width: 800, height: 600 };
const cacheSeconds = 3600;

/** What is asked. */
export interface OembedQuestion {
  host: HostRecord;
  /** Address of the share. */
  url: string;
  /** Id of the version that is shown, where a picture of it is made. */
  pictured: string | undefined;
  query: URLSearchParams;
}

/**
 * A share that no other site may show in a frame is a link, with its title.
 * @throws HttpError SHARE_NOT_FOUND for a share that is not public, OEMBED_FORMAT
 */
export function oembed({ host, url, pictured, query }: OembedQuestion): Record<string, unknown> {
  if (host.visibility !== 'public') throw new HttpError('SHARE_NOT_FOUND', 'public page at this address');
  const format = query.get('format') ?? 'json';
  if (format !== 'json') throw new HttpError('OEMBED_FORMAT', format.slice(0, 20));
  const { embedOrigins, publisher } = settingsOf(host);
  const width = bounded(query.get('maxwidth'), fullSize.width);
  const height = bounded(query.get('maxheight'), fullSize.height);
  const html = embedCode({ url, title: host.title })
    .replace('width="100%"', `width="${width}"`)
    .replace('height="600"', `height="${height}"`);
  return {
    version: '1.0',
    type: embedOrigins.length > 0 ? 'rich' : 'link',
    title: host.title,
    ...(publisher !== '' && { author_name: publisher }),
    provider_name: new URL(url).hostname,
    provider_url: url,
    cache_age: cacheSeconds,
    ...(embedOrigins.length > 0 && { html, width, height }),
    ...(pictured !== undefined && {
      thumbnail_url: pictureAddress(url, pictured),
      thumbnail_width: pictureSize.width,
      thumbnail_height: pictureSize.height,
    }),
  };
}

function bounded(asked: string | null, most: number): number {
  const given = Number(asked);
  return Number.isInteger(given) && given > 0 ? Math.min(given, most) : most;
}
