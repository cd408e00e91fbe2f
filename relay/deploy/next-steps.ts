// What the operator does after the set-up: the exact commands, in order.
import type { Answers } from './answers.ts';
import { dnsProviders } from './dns-providers.ts';
import { certificatesOf, previewsZone, sharesSite, wildcardOf } from './host-names.ts';

interface Step {
  title: string;
  /** Sentences around the commands; paragraphs. */
  text: string[];
  commands?: string[];
}

/** The text of deploy/next-steps.md. */
export function renderNextSteps(answers: Answers): string {
  const steps = stepsOf(answers).map(
    ({ title, text, commands }, index) =>
      `## ${index + 1}. ${title}\n\n${text.join('\n\n')}\n${commands ? `\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n` : ''}`,
  );
  return `# Next steps\n\nFor LibreChat at https://${answers.librechatHost} with previews at https://${answers.previewsHost}. Run the commands in this folder, from top to bottom.\n\n${steps.join('\n')}`;
}

/** The steps, for printing and for the file. */
export function stepsOf(answers: Answers): Step[] {
  return [
    dnsStep(answers),
    ...(answers.edge === 'none' ? [proxyStep(answers)] : certificateSteps(answers)),
    startStep(answers),
    ...(answers.edge === 'host' ? [nginxStep(answers)] : []),
    ...(answers.publish ? [pagesStep(answers)] : []),
    {
      title: 'Check',
      text: [
        'The doctor looks at DNS, certificates, nginx, the relay and LibreChat, and says how to fix what it finds. The smoke test shows two artifacts in a real browser and saves pictures; it needs Chromium, so run it where your users are. Without Node on this machine: `compose/kit.sh doctor`.',
        'Then open LibreChat and ask for an artifact.',
      ],
      commands: [
        'npm run doctor',
        `npm run smoke -- --url https://${answers.previewsHost} --embedder https://${answers.librechatHost}`,
      ],
    },
  ];
}

function pagesStep({ apiHost, librechatHost }: Answers): Step {
  const list = apiHost
    ? [
        `People find what they published at \`https://${apiHost}/pages\`; programs publish at \`https://${apiHost}/api\`.`,
      ]
    : [];
  return {
    title: 'Published pages',
    text: [
      `Ask in a chat at https://${librechatHost}, with the tools of “pages” on: “Publish this as a page.” docs/shares.md says who may see what.`,
      ...list,
      'LibreChat’s token is PREVIEW_KIT_TOKEN in librechat.env, and relay.env has its hash. For a new one, put what this prints in its place, run the set-up again, then `docker compose up -d relay librechat`:',
    ],
    commands: [`echo "pka_$(openssl rand -base64 33 | tr '+/' '-_' | cut -c1-43)"`],
  };
}

/** Names that DNS has to know, the API's only where the wildcard does not stand for it. */
function namesOf({ librechatHost, previewsHost, apiHost }: Answers): string[] {
  const isCovered = previewsZone(previewsHost) === apiHost.slice(apiHost.indexOf('.') + 1);
  return [librechatHost, previewsHost, wildcardOf(previewsHost), ...(apiHost && !isCovered ? [apiHost] : [])];
}

function dnsStep({ librechatHost, previewsHost, ...rest }: Answers): Step {
  const names = namesOf({ librechatHost, previewsHost, ...rest });
  const site = sharesSite({ ...rest, librechatHost, previewsHost })
    ? [
        'LibreChat and previews share a domain here. That works, but a separate domain is safer, because artifacts then cannot set cookies for LibreChat’s domain (docs/security.md).',
      ]
    : [];
  return {
    title: 'DNS',
    text: [
      'Make these records point to this machine: A for its IPv4 address, and AAAA only if it has an IPv6 address that nginx listens on.',
      names.map((name) => `- \`${name}\``).join('\n'),
      `\`*.${previewsHost}\` is not needed and would not help: previews open at \`<id>-${previewsHost}\`.`,
      ...site,
    ],
  };
}

function proxyStep(answers: Answers): Step {
  return {
    title: 'Your proxy',
    text: [
      `Terminate TLS for ${[...new Set([...namesOf(answers), ...(answers.apiHost ? [answers.apiHost] : [])])].map((name) => `\`${name}\``).join(', ')}. Pass LibreChat’s name to \`${answers.librechatAddress}\`, and every path of the others to \`${answers.relayAddress}\`, with the Host header unchanged and without any fallback page. docs/deployment/nginx.md says what else matters.`,
    ],
  };
}

function certificateSteps(answers: Answers): Step[] {
  const { dns, edge } = answers;
  const { debianPackage, credentialsFile, label } = dnsProviders[dns];
  const names = certificatesOf(answers).map(
    (certificate) => `- \`${answers.certificates}/${certificate.name}\`: ${certificate.names.join(', ')}`,
  );
  if (dns === 'none')
    return [
      {
        title: 'Certificates',
        text: [
          'Put the certificate and its key (`fullchain.pem`, `privkey.pem`) where nginx reads them:',
          names.join('\n'),
        ],
      },
    ];
  const onHost = edge === 'host';
  const steps: Step[] = [];
  if (onHost)
    steps.push({
      title: 'nginx and certbot',
      text: ['On Debian and Ubuntu:'],
      commands: [
        `sudo apt-get install -y nginx certbot${debianPackage ? ` ${debianPackage}` : ''}${answers.brotli ? ' libnginx-mod-http-brotli-static' : ''}`,
      ],
    });
  const fill = credentialsFile
    ? `Fill in \`deploy/certbot/${credentialsFile}\` (${label}) first.`
    : 'Write `deploy/certbot/auth-hook.sh` and `deploy/certbot/cleanup-hook.sh` first; certbot/hooks/ has examples.';
  steps.push({
    title: 'Certificates',
    text: [
      `${fill} ${onHost ? 'Debian’s certbot renews them automatically, and nginx reloads.' : 'The certbot container renews them automatically, and nginx picks them up.'}`,
      names.join('\n'),
    ],
    commands: [
      // Renewals run without issue.sh, and its plugin looks nowhere else.
      ...(onHost && dns === 'route53'
        ? ['sudo install -D -m 600 deploy/certbot/credentials.ini /root/.aws/credentials']
        : []),
      onHost ? 'sudo certbot/issue.sh' : 'docker compose run --rm --entrypoint /certbot/issue.sh certbot',
    ],
  });
  return steps;
}

function nginxStep({ filesFolder, defaultServer }: Answers): Step {
  return {
    title: 'nginx',
    text: [
      defaultServer
        ? 'Remove Debian’s example site: it answers to every name.'
        : 'The default server stays as you have it.',
    ],
    commands: [
      ...(defaultServer ? ['sudo rm -f /etc/nginx/sites-enabled/default'] : []),
      'sudo install -m 644 deploy/nginx/preview-kit.conf /etc/nginx/conf.d/preview-kit.conf',
      ...(filesFolder
        ? ['docker compose cp relay:/app/www ./www', `sudo nginx/copy-files.sh www ${filesFolder}`]
        : []),
      'sudo nginx -t && sudo nginx -s reload',
    ],
  };
}

function startStep({ image, extras, registry }: Answers): Step {
  return {
    title: 'Start',
    text: [
      image
        ? 'Compose fetches the images and starts everything.'
        : 'Compose builds the relay’s image from this checkout, and starts everything. The first time takes a few minutes.',
      ...(extras.includes('ollama') || extras.includes('vllm')
        ? ['The GPU needs NVIDIA’s driver and its container toolkit on this machine.']
        : []),
      ...(registry
        ? [
            'The relay’s container reads `npmrc` as user 1000, which has to own the file; you keep access through its group.',
          ]
        : []),
    ],
    commands: [...(registry ? ['sudo chown 1000 npmrc'] : []), 'docker compose up --detach --wait'],
  };
}
