// Previews are code that a model wrote. On another registrable domain the browser keeps them apart from LibreChat in every respect.
import { getDomain } from 'tldts';
import type { Check } from '../check.ts';
import { ok, skip, warn } from '../finding.ts';
import { isLocalhost } from '../subject.ts';

export const sameSite: Check = {
  id: 'same-site',
  group: 'Address',
  title: 'Previews and LibreChat are different sites',
  looksAt:
    'Previews and LibreChat are on different registrable domains, so they share neither cookies nor a process',
  fix: 'Put previews on a separate domain, with DNS and a certificate of its own',
  needs: ['address'],
  run: ({ subject: { url, embedder } }) => {
    if (!embedder)
      return skip(
        'LibreChat’s address is not known',
        'Give it with --embedder https://librechat.example.com.',
      );
    if (isLocalhost(url.hostname)) return skip('this is about public names, and previews are on localhost');
    const site = (name: string): string | null => getDomain(name, { allowPrivateDomains: true });
    const [previews, librechat] = [site(url.hostname), site(embedder.hostname)];
    const expected = 'different registrable domains';
    if (previews === null || previews !== librechat)
      return ok(expected, `${previews ?? url.hostname} and ${librechat ?? embedder.hostname}`);
    return warn(
      expected,
      `both are below ${previews}, so browsers treat previews and LibreChat as one site`,
      `This works, but a separate domain for previews is safer: an artifact can set cookies for .${previews}, and is sent those set for all of ${previews}. Run \`npm run setup\` with a previews host on another domain, e.g. preview.example.net, with DNS and a certificate of its own (docs/security.md).`,
    );
  },
};
