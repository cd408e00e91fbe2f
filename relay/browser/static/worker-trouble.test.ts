import { describe, expect, it } from 'vitest';
import { diagnoseWorker, troubleNotices, type WorkerFindings } from './worker-trouble.ts';

const script = { status: 200, type: 'text/javascript; charset=utf-8' };
const found = (findings: Partial<WorkerFindings>) =>
  diagnoseWorker({ isSecureContext: true, hasServiceWorker: true, script, ...findings });

describe('diagnoseWorker', () => {
  it.each<[string, Partial<WorkerFindings>]>([
    ['insecure', { isSecureContext: false, hasServiceWorker: false }],
    ['unsupported', { hasServiceWorker: false }],
    ['blocked', { error: { name: 'SecurityError', message: 'The operation is insecure.' } }],
    ['blocked', { error: { name: 'NotSupportedError', message: '' } }],
    [
      'misrouted',
      {
        error: { name: 'SecurityError', message: 'unsupported MIME type' },
        script: { status: 200, type: 'text/html' },
      },
    ],
    [
      'misrouted',
      {
        error: { name: 'TypeError', message: 'bad HTTP response code (404)' },
        script: { status: 404, type: 'text/javascript' },
      },
    ],
    [
      'certificate',
      {
        error: {
          name: 'SecurityError',
          message: 'An SSL certificate error occurred when fetching the script.',
        },
      },
    ],
    ['failed', { error: { name: 'TypeError', message: 'ServiceWorker script evaluation failed' } }],
  ])('%s: %j', (trouble, findings) => {
    expect(found(findings)).toBe(trouble);
  });

  it('unreachable: the script cannot be fetched at all', () => {
    const error = { name: 'TypeError', message: 'Failed to fetch' };
    expect(diagnoseWorker({ isSecureContext: true, hasServiceWorker: true, error })).toBe('unreachable');
  });

  it('has words for each trouble', () => {
    for (const notice of Object.values(troubleNotices)) {
      for (const text of Object.values(notice)) expect(text).toMatch(/\w{2,}/);
    }
  });
});
