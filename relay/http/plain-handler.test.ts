import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { inTurn, isRead, type PlainHandler } from './plain-handler.ts';
import { pathOf } from './target.ts';

const request = (fields: object): IncomingMessage => fields as IncomingMessage;

describe('inTurn', () => {
  const asked = (handlers: PlainHandler[]): string[] => {
    const names: string[] = [];
    const response = { names } as unknown as ServerResponse;
    inTurn(handlers)(request({}), response, () => names.push('end'));
    return names;
  };
  const pass =
    (name: string): PlainHandler =>
    (_req, res, next) => {
      (res as unknown as { names: string[] }).names.push(name);
      next();
    };
  const stop =
    (name: string): PlainHandler =>
    (_req, res) =>
      void (res as unknown as { names: string[] }).names.push(name);

  it('asks until one answers', () => {
    expect(asked([pass('a'), stop('b'), stop('c')])).toEqual(['a', 'b']);
  });

  it('goes on to the end when none answers', () => {
    expect(asked([pass('a'), pass('b')])).toEqual(['a', 'b', 'end']);
    expect(asked([])).toEqual(['end']);
  });
});

it.each([
  ['/', '/'],
  ['/?x=1', '/'],
  ['/a?b?c', '/a'],
  ['/%2e%2e/x', '/%2e%2e/x'],
  ['//host/x', '//host/x'],
  ['*', '*'],
  ['?', ''],
  [undefined, '/'],
])('pathOf(%j) is %j', (url, path) => {
  expect(pathOf(request({ url }))).toBe(path);
});

it.each([
  ['GET', true],
  ['HEAD', true],
  ['POST', false],
  ['OPTIONS', false],
  [undefined, false],
])('isRead(%s) is %s', (method, read) => {
  expect(isRead(request({ method }))).toBe(read);
});
