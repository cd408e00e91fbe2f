// nginx's configuration of a deployment, from the templates in nginx/.
import { Eta } from 'eta';
import semver from 'semver';
import librechatDown from '../../nginx/librechat-down.html?raw';
import files from '../../nginx/parts/files.conf.eta?raw';
import librechat from '../../nginx/parts/librechat.conf.eta?raw';
import notice from '../../nginx/parts/notice.conf.eta?raw';
import previews from '../../nginx/parts/previews.conf.eta?raw';
import proxy from '../../nginx/parts/proxy.conf.eta?raw';
import tls from '../../nginx/parts/tls.conf.eta?raw';
import upstreams from '../../nginx/parts/upstreams.conf.eta?raw';
import main from '../../nginx/preview-kit.conf.eta?raw';
import relayDown from '../../nginx/relay-down.html?raw';
import type { Answers } from './answers.ts';
import { certificateFor } from './host-names.ts';

const eta = new Eta({ autoEscape: false });
for (const [name, text] of Object.entries({
  files,
  librechat,
  notice,
  previews,
  proxy,
  tls,
  upstreams,
  main,
}))
  eta.loadTemplate(`@${name}`, text);

const monacoAddress = 'https://cdn.jsdelivr.net/npm/monaco-editor@';

/** How nginx finds an application behind a name that may move: once, again and again, or at each request. */
type Upstreams = 'fixed' | 'resolved' | 'variables';

/** @returns the text of preview-kit.conf, which belongs inside `http { }` */
export function renderNginx(answers: Answers): string {
  const { librechatHost, previewsHost, edge, certificates } = answers;
  const upstreamForm: Upstreams =
    edge !== 'containers' ? 'fixed' : isAtLeast(answers.nginxVersion, '1.27.3') ? 'resolved' : 'variables';
  const http2On = isAtLeast(answers.nginxVersion, '1.25.1');
  const application = (name: string, address: string, idle: string) => ({
    name,
    address,
    idle,
    target: upstreamForm === 'variables' ? `$${name}` : name,
  });
  const text = eta.render('@main', {
    ...answers,
    httpListen: answers.listenHttp,
    httpsListen: answers.listenHttps,
    http2On,
    http2Parameter: http2On ? '' : ' http2',
    upstreams: upstreamForm,
    resolver: edge === 'containers' ? '127.0.0.11' : '',
    relay: application('preview_kit_relay', answers.relayAddress, '60s'),
    // Node's default is to close after 5 s.
    librechatApp: application('preview_kit_librechat', answers.librechatAddress, '4s'),
    librechat: {
      serverName: serverName(librechatHost),
      certificate: `${certificates}/${certificateFor(librechatHost, answers)}`,
    },
    previews: {
      baseName: serverName(previewsHost),
      idNames: `"~^[a-z0-9][a-z0-9-]{0,62}-${escapeDots(previewsHost)}$"`,
      certificate: `${certificates}/${certificateFor(previewsHost, answers)}`,
    },
    monaco: answers.monaco && {
      from: monacoAddress,
      to: `https://${previewsHost}/-/cdn/${monacoAddress.slice('https://'.length)}`,
    },
    relayDown: oneLine(relayDown),
    librechatDown: oneLine(librechatDown),
  });
  return `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/** Long names do not fit nginx's table of exact names (server_names_hash_bucket_size, 64 bytes); expressions always do. */
function serverName(host: string): string {
  return host.length > 40 ? `"~^${escapeDots(host)}$"` : host;
}

function escapeDots(host: string): string {
  return host.replaceAll('.', '\\.');
}

/** A page as one nginx string in single quotes. */
function oneLine(html: string): string {
  return html
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll("'", '’')
    .replaceAll('$', '');
}

/** Whether a version is known and not older than another. */
function isAtLeast(version: string, least: string): boolean {
  return version !== '' && semver.gte(version, least);
}
