import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { replaceConsoleHook } from './console-hook.ts';

// The real text: sandpack-client keeps the hook as one string literal in dist/consoleHook-<hash>.mjs.
const require = createRequire(import.meta.url);
const dist = dirname(require.resolve('@codesandbox/sandpack-client'));
const chunk = readdirSync(dist).find((name) => /^consoleHook-.*\.mjs$/.test(name)) as string;
const literal = /^var consoleHook = ("(?:[^"\\]|\\.)*");$/m.exec(readFileSync(join(dist, chunk), 'utf8'));
const hook: string = JSON.parse(literal?.[1] as string);

// As SandpackStatic.injectScriptIntoHead writes it.
const injected = `<script>\n      const scope = {"channelId":4711};\n      ${hook}\n    </script>`;
const page = (script: string, head = injected) =>
  `<!DOCTYPE html>\n<html lang="en"><head>\n${head}\n\n</head><body>é<script>${script}</script></body></html>`;

const code = {
  prelude: '',
  listener:
    'const log=console.log;console.log=(...data)=>{log(...data);parent.postMessage([scope.channelId,data])};',
};
const replaced = <Body extends string | Uint8Array<ArrayBuffer>>(html: Body) =>
  replaceConsoleHook(html, code);

/** Runs the page's classic scripts one after another in one global scope, as a browser does. */
function run(html: string) {
  const posted: unknown[] = [];
  const console = { log: () => {} };
  const context = createContext({
    console,
    window: { console },
    parent: { postMessage: (message: unknown) => posted.push(message) },
  });
  const own = new Set(Object.getOwnPropertyNames(context));
  for (const [, script] of html.matchAll(/<script>([\s\S]*?)<\/script>/g))
    runInContext(script as string, context);
  return { posted, added: Object.getOwnPropertyNames(context).filter((name) => !own.has(name)) };
}

const greedyPage = page(
  'let n = 1; const t = 2; const scope = 3; var r = 4; console.log("hello", n + t + scope + r)',
);

describe('replaceConsoleHook', () => {
  it('is needed: untouched, the page dies on its own variables', () => {
    expect(() => run(greedyPage)).toThrow(/Identifier '\w+' has already been declared/);
  });

  it('lets a page use the names of the hook, and its listener hears the console', () => {
    expect(run(replaced(greedyPage)).posted).toEqual([[4711, ['hello', 10]]]);
  });

  it('leaves no global behind', () => {
    expect(run(replaced(page(''))).added).toEqual([]);
    expect(run(page('')).added).toContain('t');
  });

  it('replaces the hook’s code, moves no line, and changes nothing else', () => {
    const startAt = greedyPage.indexOf('<script>') + '<script>'.length;
    const endAt = greedyPage.indexOf('    </script>');
    const result = replaceConsoleHook(greedyPage, { prelude: 'say();', listener: 'listen()' });
    expect(result).toBe(
      [
        greedyPage.slice(0, startAt),
        '(function(){say();\n      const scope = {"channelId":4711};\n      listen()\n\n})();',
        greedyPage.slice(endAt),
      ].join(''),
    );
    expect(result.split('\n')).toHaveLength(greedyPage.split('\n').length);
  });

  it('treats bytes the same, invalid UTF-8 included', () => {
    const tail = new Uint8Array([0xff, 0xc3, 0x28, 0x80]);
    const before = Buffer.concat([Buffer.from(greedyPage), tail]);
    const after = replaced(new Uint8Array(before));
    expect(Buffer.compare(after, Buffer.concat([Buffer.from(replaced(greedyPage)), tail]))).toBe(0);
  });

  it.each([
    ['no hook', page('1', '')],
    [
      'a page’s own scope',
      page('1', '<script>\n      const scope = {"channelId":1};\n      use(scope)\n    </script>'),
    ],
    ['other indentation', page('1', injected.replace('\n      const', '\n  const'))],
    ['another scope', page('1', injected.replace('channelId', 'channel'))],
    ['another end', page('1', injected.replace('\n    </script>', '</script>'))],
    ['a script that ends early', page('1', injected.replace('var t=', 'var q="</SCRIPT>";var t='))],
    ['a page cut short', page('1').slice(0, 900)],
  ])('leaves a page with %s alone', (_, html) => {
    expect(replaced(html)).toBe(html);
    const bytes = new TextEncoder().encode(html);
    expect(replaced(bytes)).toBe(bytes);
  });
});
