// Reads answers from flags, an earlier run and defaults, says what is wrong with them, and writes them down for the next run. Pure.
import { type Answers, formOf, noAnswer, questions } from './answers.ts';
import { dnsProviders } from './dns-providers.ts';
import { nameFaults } from './host-names.ts';

const names = Object.keys(questions) as (keyof Answers)[];

/** An answer as an operator would write it. */
export function writeAnswer(value: Answers[keyof Answers]): string {
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** Reads one answer. @throws Error whose message is the rule that was broken */
export function parseAnswer<Name extends keyof Answers>(name: Name, text: string): Answers[Name] {
  const { isOptional, parse } = questions[name];
  if (isOptional && text.toLowerCase() === noAnswer) return parse('');
  if (!isOptional && text === '') throw new Error('must not be empty');
  return parse(text);
}

/** The default of a question: what was answered in an earlier run, else the table's. */
export function defaultAnswer(
  name: keyof Answers,
  earlier: Partial<Answers>,
  before: Record<string, string>,
): string | undefined {
  return before[name] ?? questions[name].fallback(earlier);
}

/**
 * Takes the answers from flags, what was answered before, and defaults, in that order.
 * @param flags by flag name, as they were given
 * @param before answers of an earlier run in written form, by name
 * @returns the answers as far as they are usable, and one sentence a fault
 */
export function readAnswers(
  flags: Record<string, string | undefined>,
  before: Record<string, string> = {},
): { answers: Partial<Answers>; faults: string[] } {
  const answers: Partial<Record<keyof Answers, unknown>> = {};
  const faults: string[] = [];
  for (const name of names) {
    const { flag, help } = questions[name];
    const form = formOf(questions[name]);
    const text = flags[flag]?.trim() ?? defaultAnswer(name, answers as Partial<Answers>, before);
    if (text === undefined) {
      // A name that follows from the domain is not asked for when the domain is what is wrong.
      if (name === 'domain') faults.push(`--${flag} <${form}> is missing. ${help}`);
      continue;
    }
    try {
      answers[name] = parseAnswer(name, text);
    } catch (error) {
      faults.push(`--${flag} ${text}: ${(error as Error).message} (expected: ${form}).`);
    }
  }
  const known = answers as Partial<Answers>;
  return { answers: known, faults: [...faults, ...joinedFaults(known)] };
}

/** What is wrong with answers together. */
export function joinedFaults(answers: Partial<Answers>): string[] {
  const { domain, librechatHost, previewsHost, apiHost, edge, dns, staging, acmeServer } = answers;
  const faults: string[] = [];
  if (domain && librechatHost && previewsHost)
    faults.push(...nameFaults({ domain, librechatHost, previewsHost, apiHost: apiHost ?? '' }));
  if (edge === 'containers' && dns && dns !== 'none' && dnsProviders[dns].image === '')
    faults.push(
      `--dns ${dns} has no image of certbot with its plugin: use --edge host, or --dns manual with your own hooks.`,
    );
  if (staging && acmeServer)
    faults.push(
      `--staging yes is about Let’s Encrypt’s test server, and --acme-server names another one (${acmeServer}): give one of them.`,
    );
  return faults;
}

/** Answers in written form, to keep between runs. What is as the default has it is left out, and follows a new domain or edge. */
export function writeAnswers(answers: Answers): Record<string, string> {
  const written = names.map((name): [keyof Answers, string] => [name, writeAnswer(answers[name])]);
  return Object.fromEntries(written.filter(([name, text]) => text !== plainDefault(name, answers)));
}

/** The default of a question in the form that {@link writeAnswer} gives it. */
function plainDefault(name: keyof Answers, answers: Answers): string | undefined {
  const text = questions[name].fallback(answers);
  return text === undefined ? undefined : writeAnswer(questions[name].parse(text));
}
