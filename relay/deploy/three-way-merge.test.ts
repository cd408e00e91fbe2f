import { describe, expect, it } from 'vitest';
import { mergeFile } from './three-way-merge.ts';

const old = '# a\nA=1\n\n# b\nB=1\n\n# c\nC=1\n';
const change = (text: string, from: string, to: string): string => text.replace(from, to);

describe('mergeFile', () => {
  it('creates a file that is not there, or not there any more', () => {
    expect(mergeFile(old, undefined, undefined)).toEqual({ action: 'create', text: old });
    expect(mergeFile(old, undefined, old)).toEqual({ action: 'create', text: old });
  });

  it('keeps a file that is as it should be', () => {
    expect(mergeFile(old, old, undefined)).toEqual({ action: 'keep' });
  });

  it('keeps edits when nothing new is generated', () => {
    expect(mergeFile(old, change(old, 'A=1', 'A=mine'), old)).toEqual({ action: 'keep' });
  });

  it('updates a file that nobody edited', () => {
    const next = change(old, 'A=1', 'A=2');
    expect(mergeFile(next, old, old)).toEqual({ action: 'update', text: next });
  });

  it('brings edits and news in different lines together', () => {
    const mine = `${change(old, 'A=1', 'A=mine')}\nD=mine\n`;
    const text = change(mine, 'C=1', 'C=2');
    expect(mergeFile(change(old, 'C=1', 'C=2'), mine, old)).toEqual({ action: 'merge', text });
  });

  it('is content when both made the same change', () => {
    const both = change(old, 'A=1', 'A=2');
    expect(mergeFile(both, `${both}# mine\n`, old)).toEqual({ action: 'keep' });
  });

  it('leaves the file alone when both changed a line in different ways', () => {
    const next = change(old, 'B=1', 'B=2');
    expect(mergeFile(next, change(old, 'B=1', 'B=mine'), old)).toEqual({ action: 'conflict', text: next });
  });

  it('leaves a file alone that it did not write', () => {
    expect(mergeFile(old, 'A=mine\n', undefined)).toEqual({ action: 'conflict', text: old });
  });
});
