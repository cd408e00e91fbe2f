// Messages between Sandpack's runtime client, the shell and the bundler's frame (sandpack-client 2.19), and the kit's own.

/** Anything the Sandpack protocol sends: `codesandbox` marks it, `$id` names the client instance. */
export interface SandpackMessage {
  codesandbox: true;
  type: string;
  $id?: number;
  [field: string]: unknown;
}

/** Client → bundler, the handshake: where answers go, and the client's number. */
export interface RegisterFrame {
  type: 'register-frame';
  origin: string;
  id: number;
}

/** Client → bundler: files by path, as Sandpack sends them. */
export interface CompileMessage extends SandpackMessage {
  type: 'compile';
  modules: Record<string, { code: string; path?: string }>;
  externalResources?: string[];
  /** Sandpack's environment, e.g. `create-react-app`. */
  template?: string;
  showErrorScreen?: boolean;
}

/** Embedder → kit: how much did this preview load? */
export interface MetricsRequest {
  type: 'preview-kit:metrics-request';
}

/** Kit → embedder: the preview's own origin, its requests and their transferred bytes. */
export interface Metrics {
  type: 'preview-kit:metrics';
  origin: string;
  requests: number;
  bytes: number;
}

/** What runs in a frame. */
export type Engine = 'native' | 'bundler';

/** Frame → shell: the page has started; sent before the bundler's scripts have loaded. */
export interface Hello {
  type: 'preview-kit:hello';
  engine: Engine;
}

/** Frame → shell: only the bundler can show this artifact; its page comes next. */
export interface BundlerWanted {
  type: 'preview-kit:bundler';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether the bundler, or the kit's code around it, would act on this message, well-formed or not. */
export function isForBundler(value: unknown): boolean {
  return (
    isObject(value) &&
    (value.codesandbox !== undefined ||
      value.type === 'register-frame' ||
      (typeof value.type === 'string' && value.type.startsWith('preview-kit:')))
  );
}

export function isSandpackMessage(value: unknown): value is SandpackMessage {
  return isObject(value) && value.codesandbox === true && typeof value.type === 'string';
}

export function isRegisterFrame(value: unknown): value is RegisterFrame {
  return isObject(value) && value.type === 'register-frame' && typeof value.id === 'number';
}

export function isCompile(value: unknown): value is CompileMessage {
  return isSandpackMessage(value) && value.type === 'compile' && isObject(value.modules);
}

export function isMetricsRequest(value: unknown): value is MetricsRequest {
  return isObject(value) && value.type === 'preview-kit:metrics-request';
}

export function isMetrics(value: unknown): value is Metrics {
  return (
    isObject(value) &&
    value.type === 'preview-kit:metrics' &&
    typeof value.requests === 'number' &&
    typeof value.bytes === 'number'
  );
}

export function isHello(value: unknown): value is Hello {
  return isObject(value) && value.type === 'preview-kit:hello';
}

export function isBundlerWanted(value: unknown): value is BundlerWanted {
  return isObject(value) && value.type === 'preview-kit:bundler';
}
