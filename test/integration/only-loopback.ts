// Keeps tests honest: a connection to anywhere but this machine throws, in this process.
import { Socket } from 'node:net';

const own = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Makes every outgoing connection but those to loopback fail at once; lasts as long as the test process. */
export function allowOnlyLoopback(): void {
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
  Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]) {
    // net.connect() hands over its arguments as one normalised array.
    const [first, second] = (Array.isArray(args[0]) ? args[0] : args) as [unknown, unknown];
    const host = typeof first === 'object' ? (first as { host?: string } | null)?.host : second;
    if (typeof host === 'string' && !own.test(host)) throw new Error(`A test tried to connect to ${host}.`);
    return connect.apply(this, args);
  } as typeof Socket.prototype.connect;
}
