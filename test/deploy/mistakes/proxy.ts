// Mistakes about the proxy, and nginx’s configuration as text.
import { address, previewHostname } from '../rig/deployment.ts';
import { type Mistake, nginx, spa } from './mistake.ts';

export const proxyMistakes: Mistake[] = [
  {
    name: 'nginx’s usual limit for bodies',
    plant: nginx(({ previewLocation }) => ({
      previewLocation: previewLocation.replace('client_max_body_size 10m;', ''),
    })),
    fails: [],
    warns: ['artifact-files'],
    remedy: /client_max_body_size 10m;/,
  },
  {
    name: 'a proxy that lets no POST through',
    plant: nginx(({ previewLocation }) => ({
      previewLocation: `limit_except GET { deny all; } ${previewLocation}`,
    })),
    fails: [],
    warns: ['artifact-files'],
    remedy: /let it pass POST on/,
  },
  {
    name: 'a proxy that drops Host',
    plant: nginx(({ previewLocation }) => ({
      previewLocation: previewLocation.replace(/proxy_set_header Host [^;]+;/, ''),
    })),
    fails: ['host-header'],
    remedy: /proxy_set_header Host \$http_host;/,
  },
  {
    name: 'LibreChat’s page in place of the relay, on every host (SPA fallback)',
    plant: nginx((usual) => ({ previewLocation: spa(usual) })),
    fails: ['relay-base'],
    remedy: /a server of its own.*without `try_files`/,
  },
  {
    name: 'a fallback to index.html for unknown paths',
    plant: nginx((usual) => ({
      previewServer: `error_page 404 = @app; proxy_intercept_errors on; location @app { ${spa(usual)} }`,
    })),
    fails: ['unknown-paths'],
    remedy: /error_page/,
  },
  {
    name: 'ids that end at the default server',
    plant: nginx(() => ({ previewNames: previewHostname })),
    fails: ['relay-previews', 'nginx-server-name'],
    remedy: /server_name preview\.example\.test "~\^/,
  },
  {
    name: 'a server_name regex that fits static ids only',
    plant: nginx(() => ({ previewNames: `${previewHostname} "~^[0-9a-f]+-preview\\.example\\.test$"` })),
    fails: ['relay-previews', 'nginx-server-name'],
    remedy: /\[a-z0-9\]\+-preview/,
  },
  {
    name: 'a default server that refuses the handshake for ids',
    plant: nginx(() => ({
      previewNames: previewHostname,
      more: `server { listen ${address}:443 ssl default_server; server_name _; ssl_reject_handshake on; }`,
    })),
    fails: ['tls', 'nginx-server-name'],
    remedy: /ssl_reject_handshake/,
  },
  {
    name: 'the wrong port behind the proxy',
    plant: nginx(() => ({
      previewLocation: 'proxy_pass http://127.0.0.1:9; proxy_set_header Host $http_host;',
    })),
    fails: ['relay-base'],
    remedy: /proxy_pass http:\/\/127\.0\.0\.1:\d+;/,
  },
  {
    name: 'a base host that redirects elsewhere',
    plant: nginx(() => ({
      previewServer: 'location = / { return 302 https://librechat.example.test/login; }',
    })),
    fails: ['redirects'],
    remedy: /Remove the `return 301`/,
  },
  {
    name: 'proxy_pass with a path, which rewrites addresses',
    plant: nginx(({ previewLocation }) => ({
      previewLocation: previewLocation.replace(/(proxy_pass [^;]+);/, '$1/;'),
    })),
    fails: ['paths'],
    remedy: /without a path behind the host/,
  },
  {
    name: 'buffered answers of LibreChat',
    plant: nginx(({ librechatServer }) => ({
      librechatServer: librechatServer.replace('proxy_buffering off;', ''),
    })),
    fails: ['nginx-buffering'],
    remedy: /proxy_buffering off;/,
  },
  {
    name: 'a short read time-out',
    plant: nginx(({ librechatServer }) => ({ librechatServer: librechatServer.replace('3600s', '60s') })),
    fails: ['nginx-timeouts'],
    remedy: /proxy_read_timeout 3600s/,
  },
  {
    name: 'small uploads only',
    plant: nginx(({ librechatServer }) => ({ librechatServer: librechatServer.replace('512m', '1m') })),
    fails: ['nginx-uploads'],
    remedy: /client_max_body_size/,
  },
  {
    name: 'no WebSockets for LibreChat',
    plant: nginx(({ librechatLocation }) => ({
      librechatLocation: librechatLocation.replace(/proxy_set_header Upgrade [^;]+;/, ''),
    })),
    fails: [],
    warns: ['nginx-websockets'],
    remedy: /proxy_set_header Upgrade/,
  },
];
