// The page of a native preview: Sandpack's protocol as the bundler speaks it, without the bundler. Runs before anything else in the
// page; docs/decisions/0019-native-engine.md says how the parts work together.
import { listenToConsole } from '../../console/console-lines.ts';
import { openBundlerPage } from '../bundler-path.ts';
import { type FrameConfig, openFrame } from '../frame-base.ts';
import { watchNavigation } from '../navigation.ts';
import type { RawAnswer } from '../package-request.ts';
import { isCompile, isRegisterFrame, isSandpackMessage } from '../sandpack-messages.ts';
import { defineNodeGlobals } from './node-globals.ts';
import { Preview } from './preview.ts';
import { allowWorkersOfFiles } from './worker-files.ts';

interface NativeFrameConfig extends FrameConfig {
  /** Address of the script of workers, protocol-relative. */
  worker: string;
}

const config = (window as unknown as { __previewKitConfig: NativeFrameConfig }).__previewKitConfig;
const frame = openFrame(config, 'native');

/** Where answers go: the first window that registers, as with the bundler. */
let client: { origin: string; id: number } | undefined;
/** What there is to say before somebody has registered. */
const unsaid: object[] = [];

function say(message: object): void {
  if (!client) unsaid.push(message);
  else window.parent.postMessage({ ...message, codesandbox: true, $id: client.id }, client.origin);
}

let shellsAnswer: ((answer: RawAnswer) => void) | undefined;
let early: Promise<RawAnswer> | undefined;

const preview = new Preview({
  frame,
  say,
  leaveToBundler(reason) {
    console.info(`[preview-kit] ${reason}: the bundler shows this artifact.`);
    if (frame.isNested)
      window.parent.postMessage({ type: 'preview-kit:bundler' }, new URL(frame.base).origin);
    openBundlerPage();
  },
});

defineNodeGlobals(frame.base);
allowWorkersOfFiles(new URL(config.worker, location.href).href, (path) => preview.workerStart(path));
listenToConsole((line) => say({ type: 'console', log: [line] }));
watchNavigation((place) => say({ type: 'urlchange', ...place }));

window.addEventListener('message', ({ data }) => {
  if (isRegisterFrame(data)) {
    client ??= { origin: data.origin, id: data.id };
    for (const message of unsaid.splice(0)) say(message);
  } else if (data?.type === 'preview-kit:peek' && data.query !== undefined) {
    early ??= new Promise((resolve) => {
      shellsAnswer = resolve;
    });
  } else if (data?.type === 'preview-kit:set') {
    shellsAnswer?.(data.answer as RawAnswer);
  } else if (isCompile(data)) {
    void preview.compile(data, early);
    early = undefined;
  } else if (isSandpackMessage(data)) {
    if (data.type === 'refresh') location.reload();
    else if (data.type === 'urlback') history.back();
    else if (data.type === 'urlforward') history.forward();
    else if (data.type === 'get-transpiler-context') say({ type: 'transpiler-context', data: {} });
  }
});

frame.greet();
window.parent.postMessage(
  { type: 'initialized', codesandbox: true, url: location.href, engine: 'native' },
  frame.isNested ? new URL(frame.base).origin : '*',
);
