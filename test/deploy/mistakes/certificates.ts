// Mistakes about certificates.
import { previewHostname } from '../rig/deployment.ts';
import { certificate, flags, fromNow, type Mistake, names } from './mistake.ts';

export const certificateMistakes: Mistake[] = [
  {
    name: 'a certificate without the wildcard',
    plant: certificate({ names: [previewHostname, 'librechat.example.test'] }),
    fails: ['certificate-names'],
    remedy: /certificate for \*\.example\.test/,
  },
  {
    name: 'a certificate with the wildcard one level too deep',
    plant: certificate({ names: [previewHostname, `*.${previewHostname}`, 'librechat.example.test'] }),
    fails: ['certificate-names'],
    remedy: /certificate for \*\.example\.test/,
  },
  {
    name: 'an expired certificate',
    plant: certificate({ names, notBefore: fromNow(-90), notAfter: fromNow(-1) }),
    fails: ['certificate-dates', 'librechat-reached'],
    remedy: /certbot renew/,
  },
  {
    name: 'a certificate that expires within days',
    plant: certificate({ names, notAfter: fromNow(7) }),
    fails: [],
    warns: ['certificate-dates'],
    remedy: /certbot renew/,
  },
  {
    name: 'a certificate that is not valid yet',
    plant: certificate({ names, notBefore: fromNow(1) }),
    fails: ['certificate-dates', 'librechat-reached'],
    remedy: /timedatectl set-ntp true/,
  },
  {
    name: 'a missing intermediate certificate',
    plant: certificate({ names, chain: false }),
    fails: ['certificate-chain', 'librechat-reached'],
    remedy: /fullchain\.pem/,
  },
  {
    name: 'a certificate of an authority that nobody trusts',
    plant: flags({ ca: undefined }),
    fails: ['certificate-chain', 'librechat-reached'],
    remedy: /--ca FILE/,
  },
];
