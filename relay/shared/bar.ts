// What the bar above a share and the relay agree on.

/** Below it are the kit's own pages on a share's host. */
export const kitFolder = '__kit';

/** In the query of the frame below the bar: browsers show no frame whose address is that of the page around it. */
export const frameMark = '__kit=page';

/** What a visitor may report, with the words for it. */
export const reportWords = {
  misleading: 'It pretends to be something else',
  harmful: 'It is harmful, or asks for passwords',
  'private-data': 'It shows private data',
  copyright: 'It breaks a copyright',
  other: 'Something else',
} as const;

/** An address as the visitor knows it. @param search with its `?`, or empty */
export function withoutMark(search: string): string {
  const rest = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '' && pair !== frameMark);
  return rest.length === 0 ? '' : `?${rest.join('&')}`;
}
