// Command line of the bundler build: `bundler-build [--www DIR] [--out DIR]`.
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BundlerBuildError, buildBundler } from './build.ts';

const usage = `Usage: bundler-build [--www DIR] [--out DIR]

Writes the relay’s bundler folder.
  --www DIR   a www/ built from codesandbox-client’s sources (default: the locked @codesandbox/sandpack-client)
  --out DIR   where to write (default: www)
`;

try {
  const { values } = parseArgs({
    options: { www: { type: 'string' }, out: { type: 'string', default: 'www' }, help: { type: 'boolean' } },
  });
  if (values.help) process.stdout.write(usage);
  else {
    const packageDir = dirname(
      dirname(createRequire(import.meta.url).resolve('@codesandbox/sandpack-client')),
    );
    const started = performance.now();
    const { manifest, built } = await buildBundler({
      sourceDir: values.www ? resolve(values.www) : join(packageDir, 'sandpack'),
      outDir: resolve(values.out),
      log: (line) => console.log(`bundler-build: ${line}`),
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `bundler-build: ${manifest.version} (${manifest.fingerprint}) ${built ? 'built' : 'unchanged'} in ${seconds} s`,
    );
  }
} catch (error) {
  console.error(error instanceof BundlerBuildError ? `bundler-build: ${error.message}` : error);
  process.exitCode = 1;
}
