import { expect, it } from 'vitest';
import { callEsbuild, EsbuildEnded } from './esbuild-call.ts';

/** Its process ends in about three seconds. */
const fatal = '('.repeat(1_000_000);
/** esbuild takes the square of its length for it. */
const endless = `a${',a'.repeat(200_000)}`;

const compile = (what: string, code: string, timeoutMs = 30_000) =>
  callEsbuild({ what, timeoutMs }, ({ transform }) => transform(code, { loader: 'ts' }));
const works = () => compile('/works.ts', 'enum A { B }');

/** A build whose only module is loaded when `ready` has come. */
const buildAfter = (ready: Promise<unknown>, load: () => Promise<string>) =>
  callEsbuild({ what: 'good@1.0.0' }, async ({ build }) => {
    const { outputFiles } = await build({
      stdin: { contents: 'import "a"' },
      bundle: true,
      write: false,
      plugins: [
        {
          name: 'test',
          setup({ onResolve, onLoad }) {
            onResolve({ filter: /^a$/ }, ({ path }) => ({ path, namespace: 'test' }));
            onLoad({ filter: /.*/, namespace: 'test' }, async () => {
              await ready;
              return { contents: await load() };
            });
          },
        },
      ],
    });
    return outputFiles[0]?.text;
  });

it('works again after code that esbuild does not come to an end with', async () => {
  await expect(compile('/endless.ts', endless, 50)).rejects.toThrow(
    'esbuild did not compile /endless.ts within 50 ms.',
  );
  expect((await works()).code).toContain('A');
}, 30_000);

it('names the code that ends its process, does again what was under way, and works afterwards', async () => {
  const guilty = compile('bad@1.0.0', fatal);
  const beside = buildAfter(
    guilty.catch(() => undefined),
    async () => 'console.log("beside")',
  );
  await expect(guilty).rejects.toThrow('esbuild crashes when it compiles bad@1.0.0');
  await expect(guilty).rejects.toBeInstanceOf(EsbuildEnded);
  expect(await beside).toContain('beside');
  expect((await works()).code).toContain('A');
}, 60_000);

it('answers what waits for esbuild when other code takes too long', async () => {
  const late = compile('/endless.ts', endless, 500);
  const beside = buildAfter(
    late.catch(() => undefined),
    async () => 'console.log("beside")',
  );
  await expect(late).rejects.toThrow('within 500 ms');
  expect(await beside).toContain('beside');
}, 60_000);

it('takes what a plugin compiles for a part of its build', async () => {
  const nested = (code: string) =>
    buildAfter(Promise.resolve(), async () => (await compile('/inner.ts', code)).code);
  expect(await nested('console.log(1 as any)')).toContain('console.log(1)');
  await expect(nested(fatal)).rejects.toThrow('esbuild crashes when it compiles good@1.0.0');
  expect(await nested('console.log(2 as any)')).toContain('console.log(2)');
}, 60_000);
