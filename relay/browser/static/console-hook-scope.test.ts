import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { scopeConsoleHook } from './console-hook-scope.ts';

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

/** Runs the page's classic scripts one after another in one global scope, as a browser does. */
function run(html: string) {
  const posted: Array<{ type: string; channelId: number; log: Array<{ data: unknown[] }> }> = [];
  const names = [
    'log',
    'debug',
    'info',
    'warn',
    'error',
    'table',
    'clear',
    'time',
    'timeEnd',
    'count',
    'assert',
    'dir',
  ];
  const console = Object.fromEntries(names.map((name) => [name, () => {}]));
  const context = createContext({
    console,
    window: { console },
    parent: { postMessage: (message: (typeof posted)[number]) => posted.push(message) },
    setTimeout: (callback: () => void) => callback(),
  });
  const own = new Set(Object.getOwnPropertyNames(context));
  for (const [, code] of html.matchAll(/<script>([\s\S]*?)<\/script>/g))
    runInContext(code as string, context);
  return { posted, added: Object.getOwnPropertyNames(context).filter((name) => !own.has(name)) };
}

const greedyPage = page(
  'let n = 1; const t = 2; const scope = 3; var r = 4; console.log("hello", n + t + scope + r)',
);

describe('scopeConsoleHook', () => {
  it('is needed: untouched, the page dies on its own variables', () => {
    expect(() => run(greedyPage)).toThrow(/Identifier '\w+' has already been declared/);
  });

  it('lets a page use the names of the hook, and its console messages arrive', () => {
    const { posted } = run(scopeConsoleHook(greedyPage));
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({ type: 'console', codesandbox: true, channelId: 4711 });
    expect(posted[0]?.log[0]?.data).toEqual(['hello', 10]);
  });

  it('leaves no global behind', () => {
    expect(run(scopeConsoleHook(page(''))).added).toEqual([]);
    expect(run(page('')).added).toContain('t');
  });

  it('inserts a function’s start and end on lines that are there, and changes nothing else', () => {
    const scoped = scopeConsoleHook(greedyPage);
    const [start, end] = ['(function(){', '})();'];
    const startAt = greedyPage.indexOf('<script>') + '<script>'.length;
    const endAt = greedyPage.indexOf('    </script>');
    const parts = [
      greedyPage.slice(0, startAt),
      start,
      greedyPage.slice(startAt, endAt),
      end,
      greedyPage.slice(endAt),
    ];
    expect(scoped === parts.join('')).toBe(true);
  });

  it('treats bytes the same, invalid UTF-8 included', () => {
    const tail = new Uint8Array([0xff, 0xc3, 0x28, 0x80]);
    const before = Buffer.concat([Buffer.from(greedyPage), tail]);
    const after = scopeConsoleHook(new Uint8Array(before));
    expect(Buffer.compare(after, Buffer.concat([Buffer.from(scopeConsoleHook(greedyPage)), tail]))).toBe(0);
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
    expect(scopeConsoleHook(html)).toBe(html);
    const bytes = new TextEncoder().encode(html);
    expect(scopeConsoleHook(bytes)).toBe(bytes);
  });
});
