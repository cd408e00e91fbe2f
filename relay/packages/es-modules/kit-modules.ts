// The kit's own modules, which built packages import: Node's `process` as browsers can have it, nothing, and what is not there.

/** What code that was written for bundlers expects of Node beside modules. */
const process = `
const nextTick = (call, ...values) => queueMicrotask(() => call(...values));
const nothing = () => {};
const own = {
  browser: true, title: "browser", platform: "browser", arch: "", env: {}, argv: [], execArgv: [], version: "", versions: {},
  pid: 1, nextTick, cwd: () => "/", umask: () => 0, uptime: () => performance.now() / 1000,
  hrtime: Object.assign(() => { const ms = performance.now(); return [Math.floor(ms / 1000), (ms % 1000) * 1e6]; },
    { bigint: () => BigInt(Math.round(performance.now() * 1e6)) }),
  on() { return this; }, once() { return this; }, off() { return this; }, addListener() { return this; },
  removeListener() { return this; }, removeAllListeners() { return this; }, emit: () => false,
  listeners: () => [], emitWarning: nothing, memoryUsage: () => ({}),
};
export const process = globalThis.process ?? own;
export const setImmediate = globalThis.setImmediate ?? ((call, ...values) => setTimeout(call, 0, ...values));
export const clearImmediate = globalThis.clearImmediate ?? clearTimeout;
export default process;`;

const empty = 'const nothing={};export default nothing;export{nothing as "module.exports"};';
/** Whoever requires it is told that it is missing, at that moment and not before. */
const missing = 'const missing=true;export default undefined;export{missing as "kit:missing"};';

/** Modules by name; see `kitAddress`. */
export const kitModules: Readonly<Record<string, string>> = { process, empty, missing };
