import { describe, expect, it } from 'vitest';
import { buildFailureResponse } from './failure-response.ts';

const failure = { title: 'This preview has ended', message: 'No answer to <GET>.', remedy: 'Open it again.' };

describe('buildFailureResponse', () => {
  it('shows people a page', async () => {
    const response = buildFailureResponse(failure, true);
    expect(response.status).toBe(504);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    expect(page).toContain('<h1>This preview has ended</h1>');
    expect(page).toContain('No answer to &#60;GET&#62;.');
    expect(page).toContain("'worker/late-answer'");
  });

  it('tells programs in one line', async () => {
    const response = buildFailureResponse(failure, false);
    expect(response.status).toBe(504);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('No answer to <GET>. Open it again.\n');
  });
});
