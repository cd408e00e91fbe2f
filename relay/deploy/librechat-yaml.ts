// LibreChat's librechat.yaml with the kit's MCP server in it. The file is the operator's: what is there stays as it is written, comments
// included, and what the operator changed or removed of the set-up's own entries stays changed or removed.
import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isSeq, parse, parseDocument } from 'yaml';

/** Where LibreChat reaches the relay, inside Compose; see compose/pages.yml. */
const relayInside = 'relay:1580';

/**
 * LibreChat replaces `${…}` by its own variables, `{{…}}` by what it knows of the user, and refuses private addresses that are not listed:
 * https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/mcp_servers
 */
const pagesServer = {
  type: 'streamable-http',
  url: `http://${relayInside}/mcp`,
  headers: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: LibreChat's own placeholder
    Authorization: 'Bearer ${PREVIEW_KIT_TOKEN}',
    'X-User-Id': '{{LIBRECHAT_USER_ID}}',
  },
};

const skeleton = `# Settings of LibreChat beyond its variables: https://www.librechat.ai/docs/configuration/librechat_yaml
# Add what you like; npm run setup keeps it. docker compose restart librechat applies changes.
version: 1.3.0
`;

const serverPath = ['mcpServers', 'pages'];

/**
 * @param current the file as it is; undefined if there is none
 * @param pristine what the set-up itself had to say last, without the operator's part; undefined if it never did
 * @returns the file as it should be: `current` itself where nothing is to be done
 * @throws Error for people when the file is no YAML
 */
export function amendLibrechatYaml(current: string | undefined, pristine: string | undefined): string {
  const document = parseDocument(current ?? skeleton);
  const [fault] = document.errors;
  if (fault)
    throw new Error(
      `librechat.yaml cannot be read as YAML: ${fault.message.split('\n')[0]} Correct it, or move it away; nothing was changed.`,
    );
  if (document.contents !== null && !isMap(document.contents))
    throw new Error('librechat.yaml is no list of settings: it must begin with keys such as `version:`.');
  const before = (pristine === undefined ? undefined : parse(pristine)) as Written | undefined;
  const changed = [setServer(document, before), allowAddress(document, before)];
  if (current !== undefined && !changed.includes(true)) return current;
  return document.toString({ lineWidth: 0 });
}

interface Written {
  mcpServers?: { pages?: unknown };
  mcpSettings?: { allowedAddresses?: unknown[]; allowedDomains?: unknown[] };
}

function setServer(document: Document, before: Written | undefined): boolean {
  const base = before?.mcpServers?.pages;
  if (isDeepStrictEqual(base, pagesServer)) return false;
  const now = (document.toJS() as Written | null)?.mcpServers?.pages;
  // Written by the operator: theirs.
  if (!isDeepStrictEqual(now, base)) return false;
  document.setIn(serverPath, document.createNode(pagesServer));
  return true;
}

/** With `allowedDomains`, LibreChat looks at nothing else. */
function allowAddress(document: Document, before: Written | undefined): boolean {
  const isStrict = document.hasIn(['mcpSettings', 'allowedDomains']);
  const key = isStrict ? 'allowedDomains' : 'allowedAddresses';
  const entry = isStrict ? `http://${relayInside}` : relayInside;
  const list = (document.toJS() as Written | null)?.mcpSettings?.[key];
  if (list?.includes(entry) || before?.mcpSettings?.[key]?.includes(entry)) return false;
  const path = ['mcpSettings', key];
  if (isSeq(document.getIn(path))) document.addIn(path, entry);
  else document.setIn(path, document.createNode([entry]));
  return true;
}
