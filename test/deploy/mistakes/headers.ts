// Mistakes about headers on the way.
import { librechatOrigin } from '../rig/deployment.ts';
import { type Mistake, nginx } from './mistake.ts';

export const headerMistakes: Mistake[] = [
  {
    name: 'a CSP added by the proxy',
    plant: nginx(() => ({
      previewServer: `add_header Content-Security-Policy "default-src 'self'" always;`,
    })),
    fails: ['content-policy'],
    remedy: /Remove `add_header Content-Security-Policy`/,
  },
  {
    name: 'the relay’s CSP replaced by the proxy',
    plant: nginx(() => ({
      previewServer: `proxy_hide_header Content-Security-Policy; add_header Content-Security-Policy "frame-ancestors ${librechatOrigin}" always;`,
    })),
    fails: ['content-policy'],
    remedy: /proxy_hide_header Content-Security-Policy/,
  },
  {
    name: 'X-Frame-Options added by the proxy',
    plant: nginx(() => ({ previewServer: 'add_header X-Frame-Options SAMEORIGIN always;' })),
    fails: ['frame-options'],
    remedy: /Remove `add_header X-Frame-Options`/,
  },
  {
    name: 'Cross-Origin-Embedder-Policy added by the proxy',
    plant: nginx(() => ({ previewServer: 'add_header Cross-Origin-Embedder-Policy require-corp always;' })),
    fails: ['isolation-headers'],
    remedy: /cross-origin-embedder-policy/i,
  },
  {
    name: 'CORS headers twice',
    plant: nginx(() => ({ previewServer: 'add_header Access-Control-Allow-Origin * always;' })),
    fails: ['shared-files'],
    remedy: /Access-Control-Allow-Origin.*add_header/,
  },
  {
    name: 'service worker scripts with another content type',
    plant: nginx(() => ({
      previewServer:
        'proxy_hide_header Content-Type; default_type text/plain; add_header Content-Type text/plain always;',
    })),
    fails: ['worker-script'],
    remedy: /Content-Type.*default_type/,
  },
  {
    name: 'Service-Worker-Allowed taken away',
    plant: nginx(() => ({ previewServer: 'proxy_hide_header Service-Worker-Allowed;' })),
    fails: ['worker-script'],
    remedy: /Service-Worker-Allowed/,
  },
  {
    name: 'cache lifetimes set by the proxy',
    plant: nginx(({ previewLocation }) => ({
      previewServer: `location /static/ { proxy_hide_header Cache-Control; expires 1h; ${previewLocation} }`,
    })),
    fails: ['caching'],
    remedy: /`expires`/,
  },
  {
    name: 'a cache of the proxy that takes all hosts for one',
    plant: nginx(({ previewLocation }, { folder }) => ({
      more: `proxy_cache_path ${folder}/cache-${Date.now()} keys_zone=pages:1m;`,
      previewLocation: `${previewLocation} proxy_cache pages; proxy_cache_valid 200 1m; proxy_ignore_headers Cache-Control Vary;`,
    })),
    fails: ['relay-previews'],
    remedy: /Remove `proxy_cache`/,
  },
  {
    name: 'compression taken away by the proxy',
    plant: nginx(({ previewLocation }) => ({
      previewLocation: `${previewLocation} proxy_set_header Accept-Encoding "";`,
    })),
    fails: [],
    warns: ['compression'],
    remedy: /Accept-Encoding/,
  },
  {
    name: 'a cookie from the proxy',
    plant: nginx(() => ({ previewServer: 'add_header Set-Cookie "route=1; Path=/" always;' })),
    fails: ['cookies'],
    remedy: /sticky sessions/,
  },
];
