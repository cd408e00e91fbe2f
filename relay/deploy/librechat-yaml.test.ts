import { configSchema } from 'librechat-data-provider';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { amendLibrechatYaml } from './librechat-yaml.ts';

const fresh = amendLibrechatYaml(undefined, undefined);

describe('amendLibrechatYaml', () => {
  it('writes a file that LibreChat understands', () => {
    const parsed = configSchema.safeParse(parse(fresh));
    expect(parsed.error?.issues).toBeUndefined();
    expect(parsed.data).toMatchObject({
      mcpServers: {
        pages: {
          type: 'streamable-http',
          url: 'http://relay:1580/mcp',
          headers: {
            // biome-ignore lint/suspicious/noTemplateCurlyInString: LibreChat's own placeholder
            Authorization: 'Bearer ${PREVIEW_KIT_TOKEN}',
            'X-User-Id': '{{LIBRECHAT_USER_ID}}',
          },
        },
      },
      mcpSettings: { allowedAddresses: ['relay:1580'] },
    });
  });

  it('changes nothing the second time', () => {
    expect(amendLibrechatYaml(fresh, fresh)).toBe(fresh);
  });

  const theirs = `# Ours since 2024.
version: 1.2.1

mcpServers:
  # Finds tickets.
  tickets:
    command: npx # not docker
    args: [ -y, 'tickets-mcp' ]
mcpSettings:
  allowedDomains:
    - 'https://mcp.example.com' # the vendor's
`;

  it('keeps an operator’s file, comments and all, and adds to it', () => {
    const text = amendLibrechatYaml(theirs, undefined);
    for (const line of theirs.split('\n')) expect(text).toContain(line.trim());
    expect(parse(text)).toMatchObject({
      version: '1.2.1',
      mcpServers: { tickets: { command: 'npx' }, pages: { url: 'http://relay:1580/mcp' } },
      mcpSettings: { allowedDomains: ['https://mcp.example.com', 'http://relay:1580'] },
    });
    expect(amendLibrechatYaml(text, fresh)).toBe(text);
  });

  it('leaves alone what the operator changed or removed', () => {
    const moved = fresh.replace('http://relay:1580/mcp', 'https://pages.example.com/mcp');
    expect(amendLibrechatYaml(moved, fresh)).toBe(moved);
    expect(amendLibrechatYaml('version: 1.3.0\n', fresh)).toBe('version: 1.3.0\n');
    const own =
      'mcpServers: {pages: {url: https://elsewhere.example/mcp}}\nmcpSettings: {allowedAddresses: [relay:1580]}\n';
    expect(amendLibrechatYaml(own, undefined)).toBe(own);
  });

  it('takes up a new form of what it wrote itself', () => {
    const old = fresh.replace('http://relay:1580/mcp', 'http://relay:1580/old');
    expect(parse(amendLibrechatYaml(old, old))).toEqual(parse(fresh));
  });

  it.each([
    ['a: [', /cannot be read as YAML/],
    ['- a\n', /no list of settings/],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => amendLibrechatYaml(text, undefined)).toThrow(message);
  });
});
