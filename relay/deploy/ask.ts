// The set-up's questions on a terminal, one after the other; each answer is checked as soon as it is given.
import * as prompts from '@clack/prompts';
import { type Answers, noAnswer, questions } from './answers.ts';
import { dnsProviderNames, dnsProviders } from './dns-providers.ts';
import { sharesSite } from './host-names.ts';
import { defaultAnswer, joinedFaults, parseAnswer, writeAnswer } from './read-answers.ts';
import { readToken } from './registry-token.ts';

/** The operator pressed Ctrl-C or Escape. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

type Name = keyof Answers;
type Choice = { value: string; label: string; hint?: string };

/** How a question is put: its words, and its choices if there are any. Questions without a row have flags only. */
interface Wording {
  message: string;
  choices?: Choice[];
  several?: boolean;
  /** What it means to give no answer, where that can be. */
  none?: string;
  /** What to know first. */
  before?: string;
  /** Whether it matters, given the answers before. */
  when?: (earlier: Partial<Answers>) => boolean;
}

const yesNo: Choice[] = [
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
];

const wordings: Partial<Record<Name, Wording>> = {
  domain: { message: 'Which domain does LibreChat’s name belong to?' },
  librechatHost: { message: 'Under which name do people open LibreChat?' },
  previewsHost: {
    message: 'Under which name do previews open?',
    before:
      'Each preview opens on a name of its own, <id>-<name>. A separate domain, such as preview.example.net, is safer:\nartifacts then cannot set cookies for LibreChat’s domain (docs/security.md).',
  },
  embedders: { message: 'Other sites that show previews, as origins?', none: 'no others, as usual' },
  edge: {
    message: 'What terminates TLS?',
    choices: [
      { value: 'host', label: 'nginx on this machine' },
      {
        value: 'containers',
        label: 'nginx and certbot in containers',
        hint: 'ports 80 and 443 must be free',
      },
      { value: 'none', label: 'My own proxy elsewhere' },
    ],
  },
  dns: {
    message: 'Who hosts your DNS? A wildcard certificate needs a record there.',
    choices: dnsProviderNames.map((name) => ({ value: name, label: dnsProviders[name].label })),
    when: ({ edge }) => edge !== 'none',
  },
  email: {
    message: 'Which e-mail address may the certificate authority write to?',
    none: 'nowhere',
    when: ({ dns }) => dns !== 'none',
  },
  registry: { message: 'Address of your own npm registry?', none: 'npm’s public one' },
  egress: {
    message: 'What may artifacts reach?',
    choices: [
      { value: 'mirror', label: 'The kit and its copies of public CDNs', hint: 'recommended' },
      { value: 'none', label: 'The kit only' },
      { value: 'open', label: 'Anything' },
    ],
  },
  egressAllow: {
    message: 'What else, as origins such as https://api.example.com?',
    none: 'nothing',
    when: ({ egress }) => egress === 'mirror',
  },
  offline: { message: 'Is this a closed network, where no npm registry can be reached?', choices: yesNo },
  extras: {
    message: 'Extra services?',
    several: true,
    choices: [
      { value: 'rag', label: 'Questions about uploaded files (rag_api, pgvector)' },
      { value: 'ollama', label: 'Models with Ollama', hint: 'NVIDIA GPU' },
      { value: 'vllm', label: 'Models with vLLM', hint: 'NVIDIA GPU' },
    ],
  },
  image: { message: 'The relay’s image in your own registry?', none: 'build it here' },
  publish: {
    message: 'May users publish pages from the chat, at addresses of their own?',
    choices: yesNo,
  },
  apiHost: {
    message: 'Under which name do programs and people’s own lists of pages find the API?',
    none: 'under none; LibreChat publishes all the same',
    when: ({ publish }) => publish === true,
  },
};

/**
 * Asks what flags have not answered.
 * @param flags by flag name
 * @param before answers of an earlier run in written form
 * @returns all flags together, as {@link readAnswers} takes them
 * @throws Cancelled
 */
export async function askAnswers(
  flags: Record<string, string | undefined>,
  before: Record<string, string>,
): Promise<Record<string, string | undefined>> {
  const given = { ...flags };
  const earlier: Partial<Record<Name, unknown>> = {};
  for (const name of Object.keys(questions) as Name[]) {
    const { flag } = questions[name];
    const known = earlier as Partial<Answers>;
    const wording = wordings[name];
    if (given[flag] === undefined && wording && (wording.when?.(known) ?? true))
      given[flag] = await ask(name, wording, known, before);
    const text = given[flag] ?? defaultAnswer(name, known, before);
    try {
      if (text !== undefined) earlier[name] = parseAnswer(name, text);
    } catch {
      // A flag that is wrong: told with the others when all answers are read.
    }
    if (name === 'previewsHost') explainSite(earlier as Partial<Answers>);
  }
  return given;
}

/**
 * The token of a registry.
 * @param kept what npmrc holds for this registry; '' for nothing
 * @returns '' for none
 * @throws Cancelled
 */
export async function askToken(registry: string, kept: string): Promise<string> {
  const empty = kept ? `Empty: the one in npmrc. ${noAnswer}: it needs none.` : 'Empty: it needs none.';
  const text = answered(await prompts.password({ message: `Token for ${registry}? (${empty})` }));
  return readToken(text) ?? kept;
}

/** @throws Cancelled */
export async function askYes(message: string): Promise<boolean> {
  return answered(await prompts.confirm({ message }));
}

async function ask(
  name: Name,
  { message, none, choices, several, before: note }: Wording,
  earlier: Partial<Answers>,
  before: Record<string, string>,
): Promise<string> {
  const fallback = defaultAnswer(name, earlier, before) ?? '';
  if (note) prompts.log.info(note);
  if (choices && several) {
    const chosen = await prompts.multiselect({
      message: `${message} (Space selects, Enter continues.)`,
      options: choices,
      initialValues: fallback.split(' ').filter(Boolean),
      required: false,
    });
    return answered(chosen).join(' ');
  }
  if (choices) {
    return answered(await prompts.select({ message, options: choices, initialValue: fallback }));
  }
  const withNone = none === undefined ? '' : ` (${fallback ? noAnswer : 'Empty'}: ${none}.)`;
  const text = await prompts.text({
    message: message + withNone,
    ...(fallback ? { placeholder: fallback, defaultValue: fallback } : {}),
    validate: (value) => faultOf(name, value?.trim() || fallback, earlier),
  });
  return (answered(text) ?? '').trim() || fallback;
}

/** Why an answer cannot be taken, alone or with the answers before it. */
function faultOf(name: Name, text: string, earlier: Partial<Answers>): string | undefined {
  if (text === '' && questions[name].fallback(earlier) === undefined) return 'An answer is needed.';
  try {
    const value = parseAnswer(name, text);
    return joinedFaults({ ...earlier, [name]: value })[0];
  } catch (error) {
    const { message } = error as Error;
    return `${text}: ${message}.`;
  }
}

function explainSite({ domain, librechatHost, previewsHost }: Partial<Answers>): void {
  if (!domain || !librechatHost || !previewsHost) return;
  if (sharesSite({ domain, librechatHost, previewsHost }))
    prompts.log.info('LibreChat and previews share a domain. That works, but separate domains are stricter.');
  else
    prompts.log.info(
      'Previews are on a domain of their own. Browsers that block third-party storage then refuse HTML previews, and the preview says so.',
    );
}

function answered<T>(value: T): Exclude<T, symbol> {
  if (prompts.isCancel(value)) throw new Cancelled('cancelled');
  return value as Exclude<T, symbol>;
}

/** Answers in a table for people. */
export function describeAnswers(answers: Answers): string {
  const shown: Name[] = [
    'librechatHost',
    'previewsHost',
    'edge',
    'dns',
    'registry',
    'egress',
    'offline',
    'extras',
    'publish',
    'apiHost',
  ];
  return shown
    .map((name) => `${questions[name].flag.padEnd(16)} ${writeAnswer(answers[name]) || '–'}`)
    .join('\n');
}
