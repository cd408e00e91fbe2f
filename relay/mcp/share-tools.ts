// The tools by which a model publishes what it wrote. A failure is an answer that the model can act on, never an error of the protocol.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { failureOf } from '../api/api-errors.ts';
import { linkOf, type PublicPlace, viewShare, viewToken } from '../api/share-views.ts';
import type { OwnerSessions } from '../hosts/owner-sessions.ts';
import type { RecordedTokens } from '../hosts/recorded-tokens.ts';
import {
  expiryOf,
  publishRequest,
  RequestRefused,
  readRequest,
  updateRequest,
} from '../shares/share-request.ts';
import type { Actor, ShareService } from '../shares/share-service.ts';

/** What the tools of one call work with. */
export interface ToolParts {
  service: ShareService;
  links: RecordedTokens;
  owners: OwnerSessions;
  /** Origin of the page where people manage their shares. */
  address: string;
  actor: Actor;
  place: PublicPlace;
  version: string;
  /** Told what is not the model's fault. */
  onFault: (error: unknown) => void;
}

const instructions = `Publishes pages at addresses of their own. Use publish_page when the user asks to publish, share or host something, and answer with the link.
A private page opens only by its link, which has a token in it; show the whole link. To change a page that was published, use update_page with its name.`;

const name = z
  .string()
  .describe('Name of a page: the first part of its address, as publish_page and list_pages give it.');
const visibility = z
  .enum(['public', 'private', 'password', 'signed-in'])
  .describe(
    'private: whoever has the link. public: anybody. password: whoever knows it. signed-in: users of the operator’s sign-in.',
  );
const days = z.number().positive().describe('Days from now.');

const publisher = z
  .string()
  .describe('A name that visitors see as the publisher’s. Only if the user asks to be named.');

/** The request's own form has one shape for each type; models do better with one flat list. */
const content = {
  type: z
    .enum(['html', 'svg', 'markdown', 'mermaid', 'react', 'files'])
    .describe('html: a whole page. react: a component as default export. files: a site of several files.'),
  content: z.string().optional().describe('The source, for every type but “files”.'),
  files: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'For “files”: texts by path, index.html among them. For “react”: more files that the component imports.',
    ),
  dependencies: z
    .record(z.string(), z.string())
    .optional()
    .describe('For “react”: npm packages with their ranges.'),
};

/** A server for one call; it keeps nothing. */
export function createShareTools(parts: ToolParts): McpServer {
  const { service, links, actor, place } = parts;
  const server = new McpServer({ name: 'librechat-preview-kit', version: parts.version }, { instructions });
  const answering = (work: () => Promise<object>) => answer(work, parts.onFault);

  server.registerTool(
    'publish_page',
    {
      title: 'Publish a page',
      description:
        'Publishes a page at an address of its own and gives the link. It is private unless you say otherwise.',
      inputSchema: {
        title: z.string().describe('What the page is called.'),
        ...content,
        name: z
          .string()
          .optional()
          .describe('A name of the user’s choice for the address, e.g. q3-report. Leave it out otherwise.'),
        visibility: visibility.optional(),
        password: z.string().optional(),
        expiresInDays: days.optional(),
        publisher: publisher.optional(),
      },
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    ({ type, content: source, files, dependencies, ...rest }) =>
      answering(async () => {
        const request = readRequest(publishRequest, {
          ...rest,
          content: contentOf({ type, source, files, dependencies }),
        });
        const published = await service.publish(actor, request);
        const { token, host } = published;
        const view = viewShare(published, place);
        return { ...view, link: token ? linkOf(host.name, token.token, place) : view.url };
      }),
  );

  server.registerTool(
    'update_page',
    {
      title: 'Change a published page',
      description:
        'Publishes a new version of a page at the same address, or changes who may see it. What you leave out stays.',
      inputSchema: {
        name,
        title: z.string().optional(),
        ...content,
        type: content.type.optional(),
        visibility: visibility.optional(),
        password: z.string().optional(),
        publisher: publisher.optional(),
        expiresInDays: days.nullable().optional().describe('Days from now; null for no end.'),
        version: z
          .union([z.literal('latest'), z.number().int()])
          .optional()
          .describe('The version that the address shows.'),
      },
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    ({ name: share, type, content: source, files, dependencies, ...rest }) =>
      answering(async () => {
        const isNew = source !== undefined || files !== undefined;
        if (isNew && type === undefined)
          throw new RequestRefused([{ field: 'type', message: 'is needed with new content' }]);
        const given = isNew ? { content: contentOf({ type, source, files, dependencies }) } : {};
        return viewShare(
          await service.update(actor, share, readRequest(updateRequest, { ...rest, ...given })),
          place,
        );
      }),
  );

  server.registerTool(
    'list_pages',
    {
      title: 'List published pages',
      description: 'The user’s published pages, those that changed last first.',
      inputSchema: { after: z.string().optional().describe('“next” of the answer before.') },
      annotations: { readOnlyHint: true },
    },
    ({ after }) =>
      answering(async () => {
        const { rows, next } = await service.list(actor, {
          limit: 50,
          ...(after !== undefined && { after }),
        });
        return { pages: rows.map((share) => viewShare(share, place)), next: next ?? null };
      }),
  );

  server.registerTool(
    'create_link',
    {
      title: 'Make a link to a private page',
      description:
        'Makes one more link to a private page, for one person or until a day. Each can be revoked by itself.',
      inputSchema: {
        name,
        label: z.string().optional().describe('Whom it is for.'),
        expiresInDays: days.optional(),
        maxUses: z.number().int().positive().optional().describe('How often it may be opened.'),
      },
      annotations: { destructiveHint: false },
    },
    ({ name: share, label, expiresInDays, maxUses }) =>
      answering(async () => {
        const { host } = await service.find(actor, share);
        const expiresAt = expiryOf(expiresInDays, Date.now());
        const { token, record } = await links.create(actor.name, host.id, {
          ...(label !== undefined && { label }),
          ...(expiresAt !== undefined && { expiresAt }),
          ...(maxUses !== undefined && { maxUses }),
        });
        return { link: linkOf(host.name, token, place), ...viewToken(record) };
      }),
  );

  server.registerTool(
    'revoke_page',
    {
      title: 'Withdraw a page, or its links',
      description:
        'links: every link to the page stops working. unpublish: nobody can open the page until it is published again. delete: the page is gone; for some days it can be restored. republish and restore undo that.',
      inputSchema: { name, what: z.enum(['links', 'unpublish', 'republish', 'delete', 'restore']) },
      annotations: { destructiveHint: true },
    },
    ({ name: share, what }) =>
      answering(async () => {
        if (what === 'links') {
          const { host } = await service.find(actor, share);
          return { revokedLinks: await links.revoke(actor.name, host.id) };
        }
        if (what === 'delete') return viewShare(await service.remove(actor, share), place);
        if (what === 'restore') return viewShare(await service.restore(actor, share), place);
        return viewShare(await service.unpublish(actor, share, what === 'unpublish'), place);
      }),
  );
  server.registerTool(
    'manage_pages',
    {
      title: 'Let the user manage their pages',
      description:
        'Gives a link to a page where the user sees all their published pages, with views, links, versions and settings, and can change them. The link is for this user alone and works once, within ten minutes; show all of it.',
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    () =>
      answering(async () => {
        const link = await parts.owners.createLink({ owner: actor.owner, isOperator: false });
        return { link: `${parts.address}/pages/enter?link=${link}`, worksOnce: true, minutes: 10 };
      }),
  );
  return server;
}

interface FlatContent {
  type: string | undefined;
  source: string | undefined;
  files: Record<string, string> | undefined;
  dependencies: Record<string, string> | undefined;
}

function contentOf({ type, source, files, dependencies }: FlatContent): object {
  if (type === 'files') return { type, files: files ?? {} };
  const more = type === 'react' ? { ...(files && { files }), ...(dependencies && { dependencies }) } : {};
  return { type, content: source ?? '', ...more };
}

async function answer(
  work: () => Promise<object>,
  onFault: (error: unknown) => void,
): Promise<CallToolResult> {
  try {
    return { content: [{ type: 'text', text: JSON.stringify(await work(), undefined, 1) }] };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) onFault(error);
    const text = failure
      ? `${failure.code}: ${failure.message}`
      : 'INTERNAL: The preview server failed. Its operator finds the reason in its log.';
    return { isError: true, content: [{ type: 'text', text }] };
  }
}
