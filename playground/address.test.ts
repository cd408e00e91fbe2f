import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';

describe('address', () => {
  it('falls back to the client LibreChat locks', () => {
    expect(parseAddress('')).toEqual({ client: '2.19.10', sample: null, panelOnly: false, theme: null });
    expect(parseAddress('?client=1.0.0&theme=pink&panel=both').client).toBe('2.19.10');
  });

  it.each(['', '?client=2.20.0&sample=logo&panel=only&theme=dark', '?sample=notes'])(
    'round-trips %j',
    (search) => {
      expect(formatAddress(parseAddress(search))).toBe(search);
    },
  );
});
