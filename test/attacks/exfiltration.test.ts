// What an artifact cannot send away: everything that a content policy governs, in mirror and none. With EGRESS=open the same
// attempts get through, so a test that passes here says something. What no browser can stop: docs/security.md.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exfiltrationScript, idleVectors, vectors } from './exfiltration-vectors.ts';
import { type ArtifactKind, openArtifact, outcomeOf, type Stage, startStage } from './stage.ts';

const kinds: ArtifactKind[] = ['HTML', 'React'];

async function namesThatArrived(stage: Stage, kind: ArtifactKind): Promise<string[]> {
  stage.forget();
  const context = await stage.newContext();
  const opened = await openArtifact(stage, context, kind, exfiltrationScript(stage.evil));
  expect(await outcomeOf(opened)).toBe('tried');
  await context.close();
  return [...new Set(stage.seenByEvil.map(({ path }) => path.replace(/^\/x\/|\?.*/g, '')))].sort();
}

describe.each([
  { egress: 'mirror', sameSite: true },
  { egress: 'mirror', sameSite: false },
  { egress: 'none', sameSite: true },
])('EGRESS=$egress, previews on the chat’s own domain: $sameSite', ({ egress, sameSite }) => {
  let stage: Stage;
  const arrived = new Map<ArtifactKind, string[]>();
  beforeAll(async () => {
    stage = await startStage({ sameSite, flags: { egress } });
    for (const kind of kinds) arrived.set(kind, await namesThatArrived(stage, kind));
  });
  afterAll(() => stage?.close());

  describe.each(kinds)('%s artifact', (kind) => {
    it.each(vectors.map(({ name }) => name))('reaches no foreign host by %s', (name) => {
      expect(arrived.get(kind)).toBeDefined();
      expect(arrived.get(kind)).not.toContain(name);
    });
  });
});

describe('EGRESS=open', () => {
  it.each(kinds)('lets the same attempts of a %s artifact through: they are real', async (kind) => {
    const stage = await startStage({ sameSite: true, flags: { egress: 'open' } });
    const expected = vectors
      .map(({ name }) => name)
      .filter((name) => ![kind, 'both'].includes(idleVectors[name] ?? ''));
    const arrived = await namesThatArrived(stage, kind).finally(() => stage.close());
    expect(expected.filter((name) => !arrived.includes(name))).toEqual([]);
  });
});
