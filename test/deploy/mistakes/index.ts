// Mistakes that operators make, each with what the doctor has to find, and nothing else. Planted one at a time by doctor.test.ts.
import { addressMistakes } from './address-and-dns.ts';
import { certificateMistakes } from './certificates.ts';
import { headerMistakes } from './headers.ts';
import { librechatMistakes } from './librechat.ts';
import type { Mistake } from './mistake.ts';
import { pagesMistakes } from './pages.ts';
import { proxyMistakes } from './proxy.ts';
import { relayMistakes } from './relay.ts';

export const mistakes: Mistake[] = [
  ...addressMistakes,
  ...certificateMistakes,
  ...proxyMistakes,
  ...headerMistakes,
  ...librechatMistakes,
  ...relayMistakes,
  ...pagesMistakes,
];
