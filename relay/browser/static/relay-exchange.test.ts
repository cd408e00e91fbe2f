import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PreviewAnswer, PreviewRequest } from '../../shared/relay-messages.ts';
import { RelayExchange, type RelayFailure, type RelayPeer } from './relay-exchange.ts';

const answer: PreviewAnswer = { status: 200, headers: {}, body: 'x' };
const request = { url: 'http://a/', method: 'GET' };

function createPeer(id: string): RelayPeer & { inbox: PreviewRequest[] } {
  const inbox: PreviewRequest[] = [];
  return { id, inbox, post: (message) => void inbox.push(message) };
}

function createExchange(open: RelayPeer[]) {
  const onLateAnswer = vi.fn();
  const listPeers = vi.fn(async () => open);
  const options = {
    run: 'run',
    timeoutMs: 1_800,
    listAfterMs: 100,
    nextPeerMs: 600,
    listPeers,
    onLateAnswer,
  };
  return { exchange: new RelayExchange<string>(options), onLateAnswer, listPeers };
}

const failureOf = (promise: Promise<unknown>): Promise<RelayFailure> =>
  promise.then(
    () => expect.fail('answered'),
    (e) => e,
  );

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('RelayExchange', () => {
  it('asks the newest announced relay at once, without listing relays', async () => {
    const [older, newer] = [createPeer('older'), createPeer('newer')];
    const { exchange, listPeers } = createExchange([older, newer]);
    exchange.announce(older);
    exchange.announce(newer);
    const asked = exchange.ask(request, '');
    expect(newer.inbox).toEqual([
      { $channel: '$CSB_RELAY', $type: 'preview/request', id: 'run.1', ...request },
    ]);
    exchange.receive('run.1', answer);
    expect(await asked).toBe(answer);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(older.inbox).toEqual([]);
    expect(listPeers).not.toHaveBeenCalled();
  });

  it('finds relays that never announced themselves to this run (the worker was restarted)', async () => {
    const peer = createPeer('a');
    const { exchange } = createExchange([peer]);
    const asked = exchange.ask(request, '');
    await vi.advanceTimersByTimeAsync(0);
    exchange.receive(peer.inbox[0]?.id as string, answer);
    expect(await asked).toBe(answer);
  });

  it('passes over a relay that is gone after a short while', async () => {
    const [gone, open] = [createPeer('gone'), createPeer('open')];
    const { exchange } = createExchange([open]);
    exchange.announce(gone);
    void exchange.ask(request, '').catch(() => {});
    await vi.advanceTimersByTimeAsync(100);
    expect(open.inbox).toHaveLength(1);
  });

  it('passes over a relay that refuses, and fails when all have', async () => {
    const [first, second] = [createPeer('first'), createPeer('second')];
    const { exchange } = createExchange([first, second]);
    const failure = failureOf(exchange.ask(request, ''));
    await vi.advanceTimersByTimeAsync(0);
    expect(second.inbox).toHaveLength(0);
    exchange.refuse('run.1', 'first', 'closed');
    expect(second.inbox).toHaveLength(1);
    exchange.refuse('run.1', 'second', 'closed too');
    expect(await failure).toMatchObject({ reason: 'refused', message: 'closed too' });
  });

  it('passes over an announced relay that refuses without waiting', async () => {
    const [closed, open] = [createPeer('closed'), createPeer('open')];
    const { exchange } = createExchange([open, closed]);
    exchange.announce(closed);
    void exchange.ask(request, '').catch(() => {});
    exchange.refuse('run.1', 'closed', 'closed');
    await vi.advanceTimersByTimeAsync(0);
    expect(open.inbox).toHaveLength(1);
  });

  it('asks the next relay after a while and takes the first answer', async () => {
    const [silent, second] = [createPeer('silent'), createPeer('second')];
    const { exchange } = createExchange([silent, second]);
    const asked = exchange.ask(request, '');
    await vi.advanceTimersByTimeAsync(599);
    expect(second.inbox).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(second.inbox).toHaveLength(1);
    exchange.receive('run.1', answer);
    exchange.receive('run.1', { ...answer, body: 'later' });
    expect(await asked).toBe(answer);
  });

  it('fails at once without relays', async () => {
    const { exchange } = createExchange([]);
    const failure = failureOf(exchange.ask(request, ''));
    await vi.advanceTimersByTimeAsync(0);
    expect((await failure).reason).toBe('no-relay');
  });

  it('fails like that too when relays cannot be listed', async () => {
    const { exchange, listPeers } = createExchange([]);
    listPeers.mockRejectedValueOnce(new Error('no'));
    const failure = failureOf(exchange.ask(request, ''));
    await vi.advanceTimersByTimeAsync(0);
    expect((await failure).reason).toBe('no-relay');
  });

  it('fails after the time-out, naming request and time, and offers the late answer once', async () => {
    const { exchange, onLateAnswer } = createExchange([createPeer('silent')]);
    const failure = failureOf(exchange.ask(request, 'page 1'));
    await vi.advanceTimersByTimeAsync(1_800);
    expect(await failure).toMatchObject({
      reason: 'silent',
      message: expect.stringContaining('did not answer GET http://a/ within 1.8 s'),
    });
    exchange.receive('run.1', answer);
    exchange.receive('run.1', answer);
    expect(onLateAnswer.mock.calls).toEqual([['page 1', answer]]);
  });

  it('ignores answers and refusals to requests it never made', () => {
    const { exchange, onLateAnswer } = createExchange([]);
    exchange.receive('other.7', answer);
    exchange.refuse('other.7', 'a', 'no');
    expect(onLateAnswer).not.toHaveBeenCalled();
  });

  it('leaves no timer behind', async () => {
    const { exchange } = createExchange([createPeer('a')]);
    const asked = exchange.ask(request, '');
    exchange.receive('run.1', answer);
    await asked;
    expect(vi.getTimerCount()).toBe(0);
  });
});
