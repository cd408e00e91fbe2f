// What becomes of nginx's server for a domain of the operator's own. Pure.
import type { Answers } from './answers.ts';

/** Where nginx's server for a domain is written, from the checkout's top. */
export function domainFile(domain: string): string {
  return `deploy/nginx/${domain}.conf`;
}

/** What the operator does next, one line each. */
export function domainSteps(domain: string, { edge, librechatHost }: Answers): string[] {
  const file = domainFile(domain);
  const record = `1. DNS: make ${domain} point where ${librechatHost} points.`;
  if (edge === 'none')
    return [
      record,
      `2. Your proxy: pass ${domain} on as you pass previews on; ${file} shows how nginx does.`,
    ];
  if (edge === 'containers')
    return [
      record,
      `2. Certificate: docker compose run --rm --entrypoint /certbot/issue.sh certbot ${domain}`,
      `3. nginx takes ${file} up by itself, once the certificate is there. Without it, nginx waits when it starts anew.`,
      '4. Check: npm run doctor',
    ];
  return [
    record,
    `2. Certificate: sudo certbot/issue.sh ${domain}`,
    `3. nginx: sudo install -m 644 ${file} /etc/nginx/conf.d/ && sudo nginx -t && sudo nginx -s reload`,
    '4. Check: npm run doctor',
  ];
}
