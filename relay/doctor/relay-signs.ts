// How to tell the relay's answers from everybody else's, and how to describe an answer to people.
import type { Answer } from './http-probe.ts';

/** One of the relay's errors, as relay/http/error-page.ts writes it. */
export interface RelayError {
  code: string;
  message: string;
  remedy: string;
}

export function relayErrorOf(answer: Answer): RelayError | undefined {
  const error = (answer.json as { error?: Partial<RelayError> } | null | undefined)?.error;
  return typeof error?.code === 'string' && typeof error.message === 'string'
    ? { code: error.code, message: error.message, remedy: error.remedy ?? '' }
    : undefined;
}

/** Whether this is what `/healthz` and `/readyz` say. */
export function isHealth(answer: Answer): boolean {
  return typeof (answer.json as { status?: unknown } | null | undefined)?.status === 'string';
}

/** Whether this is the page at `/__csb_relay/` (relay/surfaces/static-relay.ts). */
export function isRelayFrame(answer: Answer): boolean {
  return answer.status === 200 && titleOf(answer) === 'Preview relay';
}

/** The configuration that the frame's page carries. */
export interface FrameConfig {
  /** Where the page thinks the base host is. */
  base: string;
  /** What shows React artifacts. */
  engine: 'native' | 'bundler';
  /** Address of a file that every relay of the same version has, protocol-relative. */
  file: string | undefined;
}

/** Reads it from the page (relay/surfaces/frame.ts); undefined when this is another page. */
export function frameConfigOf({ text }: Answer): FrameConfig | undefined {
  try {
    const json = /window\.__previewKitConfig=(\{.*?\});/s.exec(text)?.[1];
    if (json === undefined) return undefined;
    const { base, worker } = JSON.parse(json) as { base: string; worker?: string };
    return {
      base,
      engine: worker === undefined ? 'bundler' : 'native',
      file: worker ?? /<script src="([^"]+\.js)"/.exec(text)?.[1],
    };
  } catch {
    return undefined;
  }
}

function titleOf(answer: Answer): string | undefined {
  return /<title>([^<]*)<\/title>/i.exec(answer.text)?.[1]?.trim();
}

/** `200, a page titled “LibreChat”`, `502 from nginx`, `301 to https://…`. */
export function describeAnswer(answer: Answer): string {
  const { status } = answer;
  const location = answer.header('location');
  if (location && status >= 300 && status < 400) return `${status} to ${location}`;
  const error = relayErrorOf(answer);
  if (error) return `${status} from the relay: ${error.message}`;
  const title = titleOf(answer);
  if (title !== undefined) return `${status}, a page titled “${title}”`;
  return `${status}, ${answer.header('content-type') ?? 'without a content type'}, ${answer.body.length} bytes`;
}
