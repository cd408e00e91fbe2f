// Which nginx is on this machine: the form of its configuration depends on it.
import { execFile } from 'node:child_process';

/** @returns what `nginx -v` prints, e.g. `nginx version: nginx/1.22.1`; '' if there is none */
export function findNginxVersion(): Promise<string> {
  return new Promise((done) =>
    // Debian keeps it where ordinary users do not look.
    execFile(
      'nginx',
      ['-v'],
      {
        env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin` },
        timeout: 5_000,
      },
      (error, _stdout, stderr) => done(error ? '' : stderr.trim()),
    ),
  );
}
