// The files below deploy/certbot/: settings of certbot/issue.sh, and what the operator fills in (credentials, or hooks).
import type { Answers } from './answers.ts';
import { dnsProviders } from './dns-providers.ts';
import { certificatesOf } from './host-names.ts';

/** The text of certbot.env; shells read it, so every value is quoted. */
export function renderCertbotSettings(answers: Answers): string {
  const { dns, edge, email, staging, acmeServer, propagationSeconds, challengesFolder } = answers;
  const { credentialsFile } = dnsProviders[dns];
  const rows: [comment: string, name: string, value: string][] = [
    [
      'One certificate per word; commas separate its names, and the first one names its folder.',
      'CERT_NAMES',
      certificatesOf(answers)
        .map(({ names }) => names.join(','))
        .join(' '),
    ],
    ['certbot’s plugin, or manual.', 'CERT_AUTHENTICATOR', dns === 'manual' ? 'manual' : `dns-${dns}`],
    ...(credentialsFile
      ? ([['The plugin’s credentials, next to this file.', 'CERT_CREDENTIALS', credentialsFile]] as [
          string,
          string,
          string,
        ][])
      : []),
    [
      'How long the DNS servers take to agree. Empty: the plugin’s default.',
      'CERT_PROPAGATION_SECONDS',
      propagationSeconds > 0 ? String(propagationSeconds) : '',
    ],
    ['Where the certificate authority sends its warnings.', 'CERT_EMAIL', email],
    ['true: the test server, whose certificates browsers do not trust.', 'CERT_STAGING', String(staging)],
    ['ACME directory of another certificate authority. Empty: Let’s Encrypt.', 'CERT_SERVER', acmeServer],
    ['Where nginx serves proofs for domains of your own from.', 'CERT_WEBROOT', challengesFolder],
    [
      'Reload nginx after a renewal; the nginx container picks up new certificates by itself.',
      'CERT_RELOAD_NGINX',
      String(edge === 'host'),
    ],
  ];
  return `# Settings of certbot/issue.sh and certbot/renew.sh, which read them as a shell does.\n\n${rows
    .map(([comment, name, value]) => `# ${comment}\n${name}='${value}'\n`)
    .join('\n')}`;
}

/** What an operator without a plugin writes: by path below deploy/certbot/. */
export const hookSkeletons: Record<string, string> = {
  'auth-hook.sh': `#!/bin/sh
# Adds a TXT record; certbot runs this for each name and then asks the certificate authority to look.
# Name of the record: _acme-challenge.$CERTBOT_DOMAIN. Its value: $CERTBOT_VALIDATION.
# Add it without replacing others of the same name, and wait until your DNS servers serve it. certbot/hooks/ has an example.
echo "deploy/certbot/auth-hook.sh is not written yet: it has to add the TXT record _acme-challenge.$CERTBOT_DOMAIN." >&2
exit 1
`,
  'cleanup-hook.sh': `#!/bin/sh
# Removes the TXT record _acme-challenge.$CERTBOT_DOMAIN with the value $CERTBOT_VALIDATION.
echo "deploy/certbot/cleanup-hook.sh is not written yet: the TXT record _acme-challenge.$CERTBOT_DOMAIN stays." >&2
`,
};
