// What somebody asks to be published, as the API, the MCP tools and the command line all take it. Pure.
import { z } from 'zod';
import { faultOfShareName } from '../hosts/host-name.ts';
import { maxPasswordLength } from '../hosts/password.ts';

const maxTitleLength = 200;
const maxDays = 3650;
const dayMs = 24 * 3_600_000;
const originForm = /^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i;

const text = z.string().min(1, 'must not be empty');

/** Files by path: text as it is, anything else in base64. */
const files = z
  .record(z.string(), z.union([z.string(), z.strictObject({ base64: z.base64() })]))
  .refine((given) => Object.keys(given).length > 0, 'must name at least one file');

/** What is published. */
export const shareContent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['html', 'svg', 'markdown', 'mermaid']),
    content: text.describe('The document’s source.'),
  }),
  z.strictObject({
    type: z.literal('react'),
    content: text.describe('A component, the default export of /App.tsx.'),
    files: z
      .record(z.string(), z.string())
      .optional()
      .describe('More files by path, e.g. /data.ts; the component imports them.'),
    dependencies: z
      .record(z.string(), z.string())
      .optional()
      .describe('npm packages with their ranges. LibreChat’s own need not be named.'),
  }),
  z.strictObject({
    type: z.literal('files'),
    files: files.describe('A site: files by path. Text as a string, anything else as {"base64": "…"}.'),
    entry: z.string().optional().describe('The file that the address shows. Default: index.html.'),
  }),
  z.strictObject({
    type: z.literal('zip'),
    base64: z.base64().describe('A site as a zip archive, in base64.'),
    entry: z.string().optional().describe('The file that the address shows. Default: index.html.'),
  }),
]);

const name = z.string().superRefine((given, context) => {
  const fault = faultOfShareName(given);
  if (fault) context.addIssue({ code: 'custom', message: fault });
});

const visibility = z.enum(['public', 'private', 'password', 'signed-in']);

const common = {
  title: z.string().trim().min(1).max(maxTitleLength).describe('What the page is called.'),
  visibility: visibility.describe(
    'Who may see it. private: whoever has the link with its token. public: anybody. password: whoever knows it. signed-in: users of the operator’s sign-in.',
  ),
  password: z.string().min(8, 'must have at least 8 characters').max(maxPasswordLength),
  expiresInDays: z.number().positive().max(maxDays).describe('Days until nobody can open it any more.'),
  bar: z.boolean().describe('Show a slim bar with title and publisher above the page.'),
  publisher: z
    .string()
    .trim()
    .max(80)
    .describe('Who publishes it, as the bar shows it to visitors: a name of the publisher’s choice.'),
  download: z.boolean().describe('Let visitors download the page as a zip archive.'),
  index: z.boolean().describe('Let search engines list a public page.'),
  embedOrigins: z
    .array(z.string().regex(originForm, 'must be an origin such as https://wiki.example.com'))
    .max(50)
    .describe('Sites that may show the page in a frame.'),
  egress: z
    .array(z.string().regex(originForm, 'must be an origin such as https://api.example.com'))
    .max(50)
    .describe('Origins that the page may talk to. The operator may allow fewer.'),
};

/** A new share. */
export const publishRequest = z
  .strictObject({
    content: shareContent,
    title: common.title,
    name: name
      .optional()
      .describe('The first part of the address. Default: made from the title, and not to be guessed.'),
    visibility: common.visibility.default('private'),
    password: common.password.optional(),
    expiresInDays: common.expiresInDays.optional(),
    bar: common.bar.default(true),
    publisher: common.publisher.default(''),
    download: common.download.default(true),
    index: common.index.default(false),
    embedOrigins: common.embedOrigins.default([]),
    egress: common.egress.default([]),
  })
  .refine(({ visibility: who, password }) => who !== 'password' || password !== undefined, {
    path: ['password'],
    message: 'is needed with the visibility “password”',
  })
  .refine(({ visibility: who, password }) => who === 'password' || password === undefined, {
    path: ['password'],
    message: 'goes with the visibility “password” only',
  });

/** What changes of a share; what is not named stays, and null takes away. */
export const updateRequest = z.strictObject({
  content: shareContent.optional(),
  title: common.title.optional(),
  visibility: common.visibility.optional(),
  password: common.password.optional(),
  expiresInDays: common.expiresInDays.nullable().optional(),
  version: z
    .union([z.literal('latest'), z.number().int().positive()])
    .optional()
    .describe('The version that the address shows.'),
  bar: common.bar.optional(),
  publisher: common.publisher.optional(),
  download: common.download.optional(),
  index: common.index.optional(),
  embedOrigins: common.embedOrigins.optional(),
  egress: common.egress.optional(),
});

export type ShareContent = z.infer<typeof shareContent>;
export type PublishRequest = z.infer<typeof publishRequest>;
export type UpdateRequest = z.infer<typeof updateRequest>;

/** A request that says something impossible; the message names each fault and its remedy. */
export class RequestRefused extends Error {
  override name = 'RequestRefused';
  /** @param faults one each, with the field it is about */
  constructor(readonly faults: { field: string; message: string }[]) {
    super(faults.map(({ field, message }) => `${field} ${message}.`).join(' '));
  }
}

/** @throws RequestRefused */
export function readRequest<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new RequestRefused(
    parsed.error.issues.map((issue) => ({
      field: issue.path.join('.') || 'The request',
      message: sentence(issue.message),
    })),
  );
}

/** Milliseconds since 1970; undefined stays, null takes away. */
export function expiryOf<Days extends number | null | undefined>(days: Days, now: number) {
  return (typeof days === 'number' ? Math.round(now + days * dayMs) : days) as Days;
}

/** zod begins its messages with a capital. */
const sentence = (message: string): string =>
  /^(Invalid|Too|Unrecognized)/.test(message) ? `is not right: ${message}` : message;
