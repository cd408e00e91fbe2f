import { describe, expect, it } from 'vitest';
import { createMessage, findFault, readMessage, readMessageType } from './relay-messages.ts';

const answer = { id: 'a', status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>' };

describe('readMessageType', () => {
  it.each([
    [{ $channel: '$CSB_RELAY', $type: 'preview/init' }, 'preview/init'],
    [{ $channel: 'other', $type: 'preview/init' }, undefined],
    [{ $channel: '$CSB_RELAY', $type: 1 }, undefined],
    [null, undefined],
    ['preview/init', undefined],
  ])('reads %j as %s', (data, type) => {
    expect(readMessageType(data)).toBe(type);
  });
});

describe('readMessage', () => {
  it('returns a valid message as it is, extra fields included', () => {
    const message = { ...createMessage('preview/response', answer), extra: 1 };
    expect(readMessage('preview/response', message)).toBe(message);
  });

  it('takes bytes as a body', () => {
    const message = createMessage('preview/response', { ...answer, body: new Uint8Array([1]) });
    expect(findFault('preview/response', message)).toBeUndefined();
  });

  it.each([
    ['id', 1],
    ['id', undefined],
    ['status', 101],
    ['status', 600],
    ['status', '200'],
    ['headers', null],
    ['headers', { 'x-a': 1 }],
    ['body', null],
    ['body', undefined],
    ['body', { 0: 1 }],
  ])('names the field %s when it is %j', (field, value) => {
    const message = { ...createMessage('preview/response', answer), [field]: value };
    expect(findFault('preview/response', message)).toBe(field);
    expect(readMessage('preview/response', message)).toBeUndefined();
  });

  it('does not take one type for another', () => {
    expect(readMessage('worker/init', createMessage('preview/init', {}))).toBeUndefined();
  });
});
