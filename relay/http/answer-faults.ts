// Every listener's handler calls this first. Writing to an answer after its end is told in an event, later and outside of the
// handler; with nobody to hear it, it would be an uncaught exception and end the process.
import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';

/** @returns a function that logs what goes wrong with an answer outside of its handler: one request's bug costs that request only */
export function answerFaultsTo(log: Logger): (res: ServerResponse) => void {
  function report(this: ServerResponse, err: Error): void {
    log.error({ err, url: this.req.url?.slice(0, 120) }, 'an answer failed');
  }
  return (res) => void res.on('error', report);
}
