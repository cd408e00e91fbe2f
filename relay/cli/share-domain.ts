// `npm run share -- domain …`: domains of the operator's own, and nginx's servers for them.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { viewDomain } from '../api/share-views.ts';
import type { Answers } from '../deploy/answers.ts';
import { domainFile, domainSteps } from '../deploy/domain-steps.ts';
import { readAnswers } from '../deploy/read-answers.ts';
import { renderDomainServer } from '../deploy/render-nginx.ts';
import { readEarlierAnswers, readText } from '../deploy/setup-state.ts';
import { UsageError } from '../flags.ts';
import { recordAct } from '../hosts/audit.ts';
import { readDomain } from '../hosts/domain-name.ts';
import { publicPlace } from '../surfaces/api.ts';
import type { ShareRun } from './share-run.ts';

/** @returns the exit code. @throws UsageError; DomainRefused */
export async function runDomain([verb = '', ...rest]: string[], run: ShareRun): Promise<number> {
  const { hosts, domains, state } = run.open;
  const place = publicPlace(run.address);
  if (verb === 'list' && rest.length <= 1) {
    const host = rest[0] === undefined ? undefined : await findHost(run, rest[0]);
    for (const record of await domains.list(host?.id))
      run.say(`${viewDomain(record, place).url}  ${record.name}`);
    return 0;
  }
  const [name, text, ...more] = rest;
  if (!['add', 'remove'].includes(verb) || name === undefined || text === undefined || more.length > 0)
    throw new UsageError(
      'Say what to do: domain add <name> <domain>, domain remove <name> <domain>, domain list, domain nginx <domain>.',
    );
  const host = await findHost(run, name);
  const domain = readDomain(text, run.names);
  if (verb === 'add') {
    if ((await domains.add(host.id, domain)) === 'taken')
      throw new UsageError(`${domain} is another page’s: \`domain list\` says whose. Remove it there first.`);
  } else if (!(await domains.remove(host.id, domain)))
    throw new UsageError(`${domain} is no domain of the page “${name}”.`);
  const act = { actor: 'operator', action: `share.domain.${verb}`, hostId: host.id, detail: { domain } };
  await recordAct(state.db, act, hosts.now());
  run.say(
    verb === 'add'
      ? `${name} is at ${domain}, too, once its name points here: npm run share -- domain nginx ${domain}`
      : `${domain} shows nothing any more. Remove ${domainFile(domain)} from nginx.`,
  );
  return 0;
}

async function findHost({ open }: ShareRun, name: string) {
  const host = await open.hosts.find(name);
  if (!host || host.deleted_at !== null) throw new UsageError(`There is no page “${name}”.`);
  return host;
}

/**
 * `domain nginx <domain>`, which needs no state. A file that is there with other content was edited, and stays.
 * @returns the exit code. @throws UsageError; DomainRefused
 */
export async function writeDomainServer(
  text: string | undefined,
  { folder, say, names }: Pick<ShareRun, 'say' | 'names'> & { folder: string },
): Promise<number> {
  if (text === undefined) throw new UsageError('Name the domain: domain nginx <domain>.');
  const domain = readDomain(text, names);
  const before = await readEarlierAnswers(folder);
  const { answers, faults } = readAnswers({}, before);
  if (faults.length > 0)
    throw new UsageError(
      `${join(folder, 'deploy/.setup')} holds no answers of \`npm run setup\`, from which nginx’s configuration is made. Run it first, in this folder.`,
    );
  const server = renderDomainServer(domain, answers as Answers);
  const path = domainFile(domain);
  const found = await readText(folder, path);
  if (found === undefined) {
    const file = join(folder, path);
    const temporary = `${file}.${randomUUID()}.tmp`;
    await mkdir(dirname(file), { recursive: true });
    try {
      await writeFile(temporary, server);
      await rename(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
  } else if (found !== server)
    throw new UsageError(`${path} is there, and was changed. Remove it to have it written anew.`);
  for (const line of domainSteps(domain, answers as Answers)) say(line);
  return 0;
}
