import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { hideSecrets, setVariable } from './env-text.ts';

describe('setVariable', () => {
  it('replaces the line, or the commented line, or appends', () => {
    expect(setVariable('A=1\nB=2\n', 'A', '3')).toBe('A=3\nB=2\n');
    expect(setVariable('#A=1\nB=2\n', 'A', '3')).toBe('A=3\nB=2\n');
    expect(setVariable('B=2\n', 'A', '3')).toBe('B=2\n\nA=3\n');
    expect(setVariable('AA=1\n', 'A', '$&$1')).toBe('AA=1\n\nA=$&$1\n');
  });
});

describe('hideSecrets', () => {
  it('hides values by the names of variables, also in a diff', () => {
    const text = [
      'JWT_SECRET=abc',
      '+MONGO_ROOT_PASSWORD=abc',
      '-MEILI_MASTER_KEY=abc',
      ' CREDS_IV=abc',
      'OPENAI_API_KEY=sk-abc',
      '//npm.example.com/:_authToken=abc',
      'dns_cloudflare_api_token = abc',
      'dns_rfc2136_secret = abc',
      'aws_secret_access_key = abc',
    ];
    for (const line of hideSecrets(text.join('\n')).split('\n')) expect(line).toMatch(/= ?‹hidden›$/);
  });

  it('shows everything else', () => {
    const text =
      'PREVIEW_HOSTNAME=preview.example.com\nOPENAI_API_KEY=user_provided\n# Key of the search engine.\nJWT_SECRET=\n';
    expect(hideSecrets(text)).toBe(text);
    expect(parse(text).PREVIEW_HOSTNAME).toBe('preview.example.com');
  });
});
