// Mistakes about LibreChat’s settings.
import { previewHostname } from '../rig/deployment.ts';
import { type Mistake, nginx, variable } from './mistake.ts';

export const librechatMistakes: Mistake[] = [
  {
    name: 'a LibreChat variable that is not set',
    plant: variable('SANDPACK_STATIC_BUNDLER_URL', ''),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_STATIC_BUNDLER_URL=https:\/\/preview\.example\.test/,
  },
  {
    name: 'a LibreChat variable with a name of Docker’s',
    plant: variable('SANDPACK_BUNDLER_URL', 'SANDPACK_BUNDLER_URL=http://relay:1580'),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_BUNDLER_URL=/,
  },
  {
    name: 'a LibreChat variable with localhost',
    plant: variable('SANDPACK_BUNDLER_URL', 'SANDPACK_BUNDLER_URL=http://localhost:1580'),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_BUNDLER_URL=/,
  },
  {
    name: 'a LibreChat variable with a path',
    plant: variable('SANDPACK_BUNDLER_URL', `SANDPACK_BUNDLER_URL=https://${previewHostname}/index.html`),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_BUNDLER_URL=/,
  },
  {
    name: 'a LibreChat variable with a pattern',
    plant: variable(
      'SANDPACK_STATIC_BUNDLER_URL',
      'SANDPACK_STATIC_BUNDLER_URL=https://*.preview.example.test',
    ),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_STATIC_BUNDLER_URL=/,
  },
  {
    name: 'variables that LibreChat does not have',
    plant: variable('NONE', `APP_DOMAIN=librechat.example.test\nCSP_FRAME_SRC=https://${previewHostname}`),
    fails: [],
    warns: ['librechat-names', 'librechat-names'],
    remedy: /DOMAIN_CLIENT.*CSP_FRAME_SRC_EXTRA/s,
  },
  {
    name: 'LibreChat’s policy variables without the wildcard',
    plant: variable('NONE', `CSP_ENABLED=true\nCSP_FRAME_SRC_EXTRA=https://${previewHostname}`),
    fails: ['librechat-policy'],
    remedy: /CSP_FRAME_SRC_EXTRA="https:\/\/preview\.example\.test https:\/\/\*\.example\.test"/,
  },
  {
    name: 'a policy on LibreChat’s page without the wildcard',
    plant: nginx(() => ({
      librechatLocation: `default_type text/html; add_header Content-Security-Policy "frame-src 'self' https://${previewHostname}"; return 200 "<title>LibreChat</title>";`,
    })),
    // nginx answers itself here, so there is nothing that it passes on.
    fails: ['librechat-headers'],
    remedy: /https:\/\/\*\.example\.test/,
  },
  {
    name: 'LibreChat is down',
    plant: nginx(({ librechatLocation }) => ({
      librechatLocation: librechatLocation.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9'),
    })),
    fails: ['librechat-reached'],
    remedy: /docker compose up -d librechat/,
  },
];
