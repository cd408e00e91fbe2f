// A deployment as files: everything that `npm run setup` writes, from answers and secrets. Pure.
import type { Answers } from './answers.ts';
import { dnsProviders } from './dns-providers.ts';
import { amendLibrechatYaml } from './librechat-yaml.ts';
import { renderNextSteps } from './next-steps.ts';
import { hookSkeletons, renderCertbotSettings } from './render-certbot.ts';
import { renderComposeEnv, renderLibrechatEnv, renderNpmrc, renderRelayEnv } from './render-env.ts';
import { renderNginx } from './render-nginx.ts';
import type { Secrets } from './secrets.ts';

/** One file as it should be. */
export interface DeploymentFile {
  /** From the checkout's top. */
  path: string;
  text: string;
  /** Permissions: 0o600 for what holds secrets. */
  mode: number;
  /** Written once as a skeleton; then it is the operator's alone. */
  isSkeleton?: boolean;
  /** What the set-up itself has to say, where `text` is the operator's file with that in it; the next run compares with it. */
  own?: string;
}

export const librechatYamlPath = 'librechat.yaml';

const secret = 0o600;
/** The relay's container reads it as user 1000, who has to be its owner; the operator's group may read it for building. */
const sharedSecret = 0o640;
const open = 0o644;
const program = 0o700;

/** What is on the disk beside the answers. */
export interface Surroundings {
  secrets: Secrets;
  registryToken: string;
  /** Whether there is a compose.override.yml. */
  hasOverride: boolean;
  /** librechat.yaml as it is, and as the set-up wrote it last. */
  librechatYaml?: { current: string | undefined; pristine: string | undefined };
}

/** All files of a deployment, in the order in which they are shown. */
export function renderDeployment(answers: Answers, surroundings: Surroundings): DeploymentFile[] {
  const { secrets, registryToken, hasOverride, librechatYaml } = surroundings;
  const files: DeploymentFile[] = [
    { path: '.env', text: renderComposeEnv(answers, secrets, hasOverride), mode: secret },
    { path: 'relay.env', text: renderRelayEnv(answers, secrets), mode: open },
    { path: 'librechat.env', text: renderLibrechatEnv(answers, secrets), mode: secret },
  ];
  if (answers.publish)
    files.push({
      path: librechatYamlPath,
      text: amendLibrechatYaml(librechatYaml?.current, librechatYaml?.pristine),
      mode: open,
      own: amendLibrechatYaml(undefined, undefined),
    });
  const npmrc = renderNpmrc(answers, registryToken);
  if (npmrc) files.push({ path: 'npmrc', text: npmrc, mode: sharedSecret });
  if (answers.edge !== 'none')
    files.push({ path: 'deploy/nginx/preview-kit.conf', text: renderNginx(answers), mode: open });
  if (answers.dns !== 'none') {
    files.push({ path: 'deploy/certbot/certbot.env', text: renderCertbotSettings(answers), mode: open });
    const { credentialsFile, credentials } = dnsProviders[answers.dns];
    if (credentialsFile)
      files.push({
        path: `deploy/certbot/${credentialsFile}`,
        text: credentials,
        mode: secret,
        isSkeleton: true,
      });
    if (answers.dns === 'manual')
      for (const [name, text] of Object.entries(hookSkeletons))
        files.push({ path: `deploy/certbot/${name}`, text, mode: program, isSkeleton: true });
  }
  files.push({ path: 'deploy/next-steps.md', text: renderNextSteps(answers), mode: open });
  return files;
}
