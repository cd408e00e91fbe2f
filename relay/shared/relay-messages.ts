// Every message on the `$CSB_RELAY` channel, both legs: client ⇄ relay frame (its format is fixed by
// static-browser-server 1.0.3–1.0.6) and relay frame ⇄ service worker (ours alone). Nothing is read unvalidated.

export const channelName = '$CSB_RELAY';

/** The path of the relay frame; only documents under it may speak for a client. */
export const relayFramePath = '/__csb_relay/';
export const serviceWorkerPath = '/__csb_sw.js';

interface Tagged<Type extends string> {
  $channel: typeof channelName;
  $type: Type;
}

/** Client → relay frame, by window message with one MessagePort: "serve me". */
export type PreviewInit = Tagged<'preview/init'>;
/** Relay frame → client, on that port: the preview's address may be opened now. */
export type PreviewReady = Tagged<'preview/ready'>;

/** Worker → relay frame → client: a file is wanted. `url` is absolute. */
export interface PreviewRequest extends Tagged<'preview/request'> {
  id: string;
  url: string;
  method: string;
}

/** What a client answers to a request. */
export interface PreviewAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
}

/** Client → relay frame → worker. */
export interface PreviewResponse extends Tagged<'preview/response'>, PreviewAnswer {
  id: string;
}

/** Relay frame → worker: a client is attached to me; I am now the newest relay. */
export type WorkerInit = Tagged<'worker/init'>;

/** Relay frame → worker: I cannot have this request answered, ask another relay. */
export interface RelayRefusal extends Tagged<'relay/refusal'> {
  id: string;
  reason: string;
}

/** Fallback page → worker, with a MessagePort: could you serve this origin if I reloaded? */
export type WorkerProbe = Tagged<'worker/probe'>;
/** Worker → fallback page, on that port. `relays` counts the relay frames that are open for this origin. */
export interface WorkerStatus extends Tagged<'worker/status'> {
  relays: number;
}

/** Worker → relay frames: totals since this run of the worker began; `run` tells runs apart. */
export interface WorkerTotals extends Tagged<'worker/totals'> {
  run: string;
  requests: number;
  bytes: number;
}

/** Worker → relay frames: show this in the consoles of the artifacts on this origin. */
export interface WorkerReport extends Tagged<'worker/report'> {
  text: string;
}

/** Worker → a page that it answered with a failure: the client has answered after all, reload. */
export type WorkerLateAnswer = Tagged<'worker/late-answer'>;

export type RelayMessage =
  | PreviewInit
  | PreviewReady
  | PreviewRequest
  | PreviewResponse
  | WorkerInit
  | RelayRefusal
  | WorkerProbe
  | WorkerStatus
  | WorkerTotals
  | WorkerReport
  | WorkerLateAnswer;

type MessageType = RelayMessage['$type'];
type MessageOf<Type extends MessageType> = Extract<RelayMessage, { $type: Type }>;

type FieldCheck = (value: unknown) => boolean;
const text: FieldCheck = (value) => typeof value === 'string';
const count: FieldCheck = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
// https://fetch.spec.whatwg.org/#dom-response: the constructor throws a RangeError outside 200–599.
const httpStatus: FieldCheck = (value) =>
  Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599;
const textRecord: FieldCheck = (value) =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((entry) => typeof entry === 'string');
const content: FieldCheck = (value) => typeof value === 'string' || value instanceof Uint8Array;

const fieldChecks: {
  [Type in MessageType]: Record<Exclude<keyof MessageOf<Type>, '$channel' | '$type'>, FieldCheck>;
} = {
  'preview/init': {},
  'preview/ready': {},
  'preview/request': { id: text, url: text, method: text },
  'preview/response': { id: text, status: httpStatus, headers: textRecord, body: content },
  'worker/init': {},
  'relay/refusal': { id: text, reason: text },
  'worker/probe': {},
  'worker/status': { relays: count },
  'worker/totals': { run: text, requests: count, bytes: count },
  'worker/report': { text },
  'worker/late-answer': {},
};

/** Makes a message; the inverse of {@link readMessage}. */
export function createMessage<Type extends MessageType>(
  type: Type,
  fields: Omit<MessageOf<Type>, '$channel' | '$type'>,
): MessageOf<Type> {
  return { $channel: channelName, $type: type, ...fields } as MessageOf<Type>;
}

/** The `$type` that `data` claims on our channel, valid or not; `undefined` for anybody else's messages. */
export function readMessageType(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { $channel, $type } = data as Partial<Record<string, unknown>>;
  return $channel === channelName && typeof $type === 'string' ? $type : undefined;
}

/** Returns `data` as a message of type `type`, or `undefined` if it is not one or one of its fields is invalid. */
export function readMessage<Type extends MessageType>(
  type: Type,
  data: unknown,
): MessageOf<Type> | undefined {
  return findFault(type, data) === undefined ? (data as MessageOf<Type>) : undefined;
}

/** Says what keeps `data` from being a message of type `type`: a field's name, `$type`, or `undefined` if it is one. */
export function findFault(type: MessageType, data: unknown): string | undefined {
  if (readMessageType(data) !== type) return '$type';
  const checks: Record<string, FieldCheck> = fieldChecks[type];
  return Object.keys(checks).find((field) => !checks[field]?.((data as Record<string, unknown>)[field]));
}
