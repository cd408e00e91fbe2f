// Why a browser has no service worker for a preview, told from what it says and what the server answers. Pure. Each kind of trouble
// names the person who can fix it.

export type WorkerTrouble =
  | 'insecure'
  | 'unsupported'
  | 'misrouted'
  | 'unreachable'
  | 'certificate'
  | 'blocked'
  | 'failed';

/** What was found out; `script` is what a plain fetch of the worker's script got, if registration failed. */
export interface WorkerFindings {
  isSecureContext: boolean;
  hasServiceWorker: boolean;
  error?: { name: string; message: string };
  script?: { status: number; type: string };
}

export interface TroubleNotice {
  title: string;
  message: string;
  remedy: string;
}

/** Tells the trouble from the findings. */
export function diagnoseWorker({
  isSecureContext,
  hasServiceWorker,
  error,
  script,
}: WorkerFindings): WorkerTrouble {
  if (!isSecureContext) return 'insecure';
  if (!hasServiceWorker) return 'unsupported';
  // The script comes before the error's name: Chromium reports a wrong MIME type as SecurityError too.
  if (!script) return 'unreachable';
  if (script.status !== 200 || !/\b(java|ecma)script\b/i.test(script.type)) return 'misrouted';
  // "An SSL certificate error occurred when fetching the script": pages load once a user has clicked the warning away,
  // workers never do. https://www.chromium.org/blink/serviceworker/service-worker-faq/
  if (/\bSSL\b|certificate/i.test(error?.message ?? '')) return 'certificate';
  // Storage blocked: Chromium (and Brave) says NotSupportedError “denied permission”, Firefox SecurityError. A profile that
  // cannot be written: InvalidStateError.
  if (/^(Security|NotSupported|InvalidState|NotAllowed)Error$/.test(error?.name ?? '')) return 'blocked';
  return 'failed';
}

/** What to tell people about each kind of trouble. */
export const troubleNotices: Record<WorkerTrouble, TroubleNotice> = {
  insecure: {
    title: 'Previews need HTTPS',
    message: 'Previews need a service worker, and browsers offer none to pages opened over plain HTTP.',
    remedy:
      'Operator: serve the preview host over HTTPS with a certificate for its wildcard, or use a *.localhost name on your own machine.',
  },
  unsupported: {
    title: 'This browser window cannot show previews',
    message: 'The browser offers no service workers here. Private windows and strict settings turn them off.',
    remedy: 'Open the chat in a normal window, or in a current Chrome, Edge, Firefox or Safari.',
  },
  blocked: {
    title: 'The browser blocks this preview',
    message:
      'The browser refused to set the preview up, because storage for embedded sites is blocked: by a private window, Brave Shields, or a setting that blocks all cookies.',
    remedy:
      'Allow storage (cookies) for this site, lower the shields for the chat page, or use a normal window.',
  },
  misrouted: {
    title: 'The preview server is misconfigured',
    message:
      'Something other than the relay answers at the address of the preview’s service worker, /__csb_sw.js.',
    remedy: 'Operator: route every path of preview hosts to the relay, with no fallback to an index.html.',
  },
  unreachable: {
    title: 'The preview server cannot be reached',
    message: 'The script of the preview’s service worker, /__csb_sw.js, could not be fetched.',
    remedy: 'Check the network, and that the preview server is running. Then open the artifact again.',
  },
  certificate: {
    title: 'The preview’s certificate is not trusted',
    message:
      'Browsers start no service worker from a host whose certificate they do not trust, even after “proceed anyway”.',
    remedy: 'Operator: use a certificate that browsers trust, for the wildcard of the preview host.',
  },
  failed: {
    title: 'The preview could not be set up',
    message: 'The browser could not start the preview’s service worker.',
    remedy: 'Open the artifact again; if it happens again, report it with the details below.',
  },
};
