// A server under load: a process of its own, kept on one core, with its CPU time and memory readable from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { onCore } from './wrk.ts';

/** Linux counts CPU time in hundredths of a second. */
const ticksPerSecond = 100;

/** A server that listens on a loopback port. */
export class ServerProcess {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Starts `node <args>` on a core and waits for the port it prints.
   * @param options `ready` matches the line with the port in its first group
   */
  static async start(options: {
    args: string[];
    core: number;
    ready: RegExp;
    env?: Record<string, string>;
  }): Promise<ServerProcess> {
    const [program = '', ...words] = [...onCore(options.core), process.execPath];
    const child = spawn(program, [...words, ...options.args], {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    const port = await new Promise<number>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (piece) => {
        text += piece;
        const found = options.ready.exec(text)?.[1];
        if (found) resolve(Number(found));
      });
      child.once('exit', (code) =>
        reject(new Error(`${options.args.join(' ')} ended with ${code}:\n${text}`)),
      );
    });
    return new ServerProcess(port, child);
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** CPU seconds used so far; undefined where /proc does not tell. */
  cpuSeconds(): number | undefined {
    // The second field, the program's name, may hold spaces; utime and stime are fields 14 and 15.
    const fields = this.#read('stat')
      ?.replace(/^.*\) /s, '')
      .split(' ');
    return fields && (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }

  /** Resident memory in MiB; undefined where /proc does not tell. */
  memoryMiB(): number | undefined {
    const kibibytes = /VmRSS:\s+(\d+)/.exec(this.#read('status') ?? '')?.[1];
    return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) / 1024);
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  #read(name: string): string | undefined {
    try {
      return readFileSync(`/proc/${this.child.pid}/${name}`, 'utf8');
    } catch {
      return undefined;
    }
  }
}
