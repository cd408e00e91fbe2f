// Mistakes about the address, DNS and the network.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { address, listenOn, previewHostname } from '../rig/deployment.ts';
import { flags, type Mistake, nginx, zone } from './mistake.ts';

export const addressMistakes: Mistake[] = [
  {
    name: 'an http URL',
    plant: flags({ url: `http://${previewHostname}` }),
    fails: ['address'],
    remedy: /Use https:\/\/preview\.example\.test/,
  },
  {
    name: 'an IP address as host',
    plant: flags({ url: `https://${address}` }),
    fails: ['address'],
    remedy: /Use a DNS name/,
  },
  {
    name: 'a sub-path',
    plant: flags({ url: `https://librechat.example.test/preview` }),
    fails: ['address'],
    remedy: /a host of its own/,
  },
  {
    name: 'no DNS record for the base host',
    plant: zone((usual) => usual.replace(/^(preview|\*) .*\n/gm, '')),
    fails: ['dns-base'],
    remedy: /preview\.example\.test\. A/,
  },
  {
    name: 'no wildcard record',
    plant: zone((usual) => usual.replace(/^\* .*$/m, '')),
    fails: ['dns-previews'],
    remedy: /\*\.example\.test\. A 127\.77\.0\.1/,
  },
  {
    name: 'the DNS wildcard one level too deep',
    plant: zone((usual) => usual.replace(/^\* /m, '*.preview ')),
    fails: ['dns-previews'],
    remedy: /\*\.example\.test\. A 127\.77\.0\.1.*\*\.preview\.example\.test is never asked for/,
  },
  {
    name: 'CNAMEs in a circle',
    plant: zone((usual) => usual.replace(/^\* .*$/m, '* CNAME one\none CNAME two\ntwo CNAME one')),
    fails: ['dns-previews'],
    remedy: /Replace the CNAME of (one|two)\.example\.test with an A or AAAA record/,
  },
  {
    name: 'an AAAA record at an address where nobody listens',
    plant: zone((usual) => `${usual}preview AAAA ::1\n* AAAA ::1\n`),
    fails: ['every-address'],
    remedy: /listen \[::\]:443 ssl.*remove the AAAA record ::1/,
  },
  {
    name: 'an AAAA record for the base host only',
    plant: zone((usual) => `${usual}preview AAAA ::1\n`),
    fails: ['dns-same', 'every-address'],
    remedy: /the same AAAA records/,
  },
  {
    name: 'a wildcard that points to another server',
    plant: zone((usual) => usual.replace(/^\* .*$/m, '* A 127.77.0.2')),
    fails: ['dns-same', 'every-address', 'tls'],
    remedy: /the same A records/,
  },
  {
    name: 'nothing listens on the HTTPS port',
    plant: zone((usual) => usual.replaceAll(/^(preview|\*) A .*$/gm, '$1 A 127.77.0.2')),
    fails: ['port'],
    remedy: /systemctl start nginx/,
  },
  {
    name: 'HTTP that is not redirected',
    plant: nginx(({ previewLocation }) => ({
      plain: `server { listen ${address}:80 default_server; location / { ${previewLocation} } }`,
    })),
    fails: ['https-redirect'],
    remedy: /return 301 https:\/\/\$host\$request_uri/,
  },
  {
    name: 'no server on port 80',
    plant: nginx(() => ({ plain: '' })),
    fails: [],
    warns: ['https-redirect'],
    remedy: /listen on port 80/,
  },
  {
    name: 'a clock that is wrong',
    plant: async (deployment) => {
      const late = await listenOn((_request, response) => {
        response.setHeader('date', new Date(Date.now() - 900_000).toUTCString());
        response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
      });
      const { port } = late.address() as AddressInfo;
      await deployment.setNginx(() => ({
        previewServer: `location = /healthz { proxy_pass http://127.0.0.1:${port}; proxy_pass_header Date; }`,
      }));
      return { undo: async () => late.close() };
    },
    fails: ['clock'],
    remedy: /timedatectl set-ntp true/,
  },
  {
    name: 'a server that accepts connections and says nothing',
    plant: async () => {
      const silent = createServer();
      await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
      const { port } = silent.address() as AddressInfo;
      const open = new Set<Socket>();
      silent.on('connection', (socket) => open.add(socket));
      return {
        options: { resolve: [`*.example.test=127.0.0.1:${port}`], timeoutMs: 2_000 },
        undo: async () => {
          for (const socket of open) socket.destroy();
          silent.close();
        },
      };
    },
    fails: ['tls', 'librechat-reached'],
    remedy: /listen 443 ssl/,
  },
];
