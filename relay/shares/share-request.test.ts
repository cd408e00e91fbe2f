import { describe, expect, it } from 'vitest';
import { expiryOf, publishRequest, RequestRefused, readRequest, updateRequest } from './share-request.ts';

const page = { content: { type: 'html', content: '<h1>Tides</h1>' }, title: 'Tides' };

const faults = (given: object): string[] => {
  try {
    readRequest(publishRequest, given);
    return [];
  } catch (error) {
    if (error instanceof RequestRefused) return error.faults.map(({ field }) => field);
    throw error;
  }
};

describe('A request to publish', () => {
  it('is private, with a bar, unlisted, without egress, unless it says otherwise', () => {
    expect(readRequest(publishRequest, page)).toEqual({
      ...page,
      visibility: 'private',
      bar: true,
      publisher: '',
      download: true,
      index: false,
      embedOrigins: [],
      egress: [],
    });
  });

  it.each([
    [{ ...page, title: ' ' }, ['title']],
    [{ title: 'x' }, ['content']],
    [{ ...page, content: { type: 'word', content: 'x' } }, ['content.type']],
    [{ ...page, content: { type: 'html', content: '' } }, ['content.content']],
    [{ ...page, content: { type: 'files', files: {} } }, ['content.files']],
    [{ ...page, content: { type: 'zip', base64: '!' } }, ['content.base64']],
    [{ ...page, name: 'deadbeef01' }, ['name']],
    [{ ...page, visibility: 'password' }, ['password']],
    [{ ...page, password: 'long enough' }, ['password']],
    [{ ...page, visibility: 'password', password: 'short' }, ['password']],
    [{ ...page, expiresInDays: 0 }, ['expiresInDays']],
    [{ ...page, embedOrigins: ['https://a.example/path'] }, ['embedOrigins.0']],
    [{ ...page, egress: ["https://a.example; script-src 'unsafe-inline'"] }, ['egress.0']],
    [{ ...page, visible: true }, ['The request']],
    [{ ...page, title: '', name: '-' }, ['title', 'name']],
  ])('of %j is at fault in %j', (given, fields) => {
    expect(faults(given)).toEqual(fields);
  });

  it('says what is wrong with a name, and why', () => {
    expect(() => readRequest(publishRequest, { ...page, name: 'app-3000' })).toThrow(
      'name must not end in a dash and digits: that is a sandbox’s port.',
    );
  });
});

it('changes nothing that it does not name', () => {
  expect(readRequest(updateRequest, { expiresInDays: null, version: 'latest' })).toEqual({
    expiresInDays: null,
    version: 'latest',
  });
});

it('counts days from now', () => {
  expect([expiryOf(0.5, 1000), expiryOf(null, 1000), expiryOf(undefined, 1000)]).toEqual([
    43_201_000,
    null,
    undefined,
  ]);
});
