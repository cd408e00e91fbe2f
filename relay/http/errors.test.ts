import { describe, expect, it } from 'vitest';
import { escapeHtml, renderNotice } from '../shared/page.ts';
import { type ErrorCode, errorTable, HttpError } from './errors.ts';

describe('the table of errors', () => {
  it.each(Object.keys(errorTable) as ErrorCode[])('%s has all that a client is told', (code) => {
    const error = new HttpError(code, 'the value');
    const row = errorTable[code];
    expect(error).toMatchObject({ name: 'HttpError', code, status: row?.status, title: row?.title });
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.status).toBeLessThan(600);
    expect(error.title).toMatch(/^[A-Z].*\w$/);
    expect(error.remedy).toMatch(/^[A-Z].*[.)]$/);
    expect(error.message).not.toBe('');
  });

  it('names the value that was received', () => {
    expect(new HttpError('PAGE_NOT_FOUND', '/x').message).toBe('There is no /x on this host.');
    expect(new HttpError('METHOD_NOT_ALLOWED', 'PUT').message).toBe('PUT is not supported here.');
  });

  it('tells nothing about failures of the relay itself', () => {
    expect(new HttpError('INTERNAL', 'secret').message).not.toContain('secret');
  });
});

describe('notices', () => {
  it('escape what is dangerous in content and attributes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
      '&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;&#38;&#60;/a&#62;',
    );
  });

  it('need nothing from elsewhere and run no script', () => {
    const page = renderNotice({ title: '<T>', code: 'A<B', body: '<p>body</p>' });
    expect(page).toContain('<title>&#60;T&#62;</title>');
    expect(page).toContain('<p class="code">A&#60;B</p>');
    expect(page).toContain('<p>body</p>');
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import/);
  });
});
