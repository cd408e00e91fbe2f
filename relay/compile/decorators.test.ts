import { expect, it } from 'vitest';
import { runArtifact } from './artifact-runner.ts';
import { chooseDecorators, decoratorSign, hasDecorators } from './decorators.ts';

const standard = `
  function twice(method: (n: number) => number, context: ClassMethodDecoratorContext) {
    return function (this: unknown, n: number) { return String(context.name) + method.call(this, n) * 2; };
  }`;
const legacy = `
  function twice(target: object, key: string, descriptor: PropertyDescriptor) {
    const method = descriptor.value;
    descriptor.value = function (n: number) { return key + method.call(this, n) * 2; };
  }`;
const use = 'class A { @twice add(n: number) { return n + 1; } } export const value = new A().add(1);';

it.each([
  ['standard', standard],
  ['legacy', legacy],
])('runs %s decorators of the same file', async (_, decorator) => {
  expect((await runArtifact({ '/index.ts': decorator + use })).value).toBe('add4');
});

it.each([
  ['standard', standard],
  ['legacy', legacy],
])('runs %s decorators of another file', async (_, decorator) => {
  const files = {
    '/index.ts': `import { twice } from './twice';${use}`,
    '/twice.ts': `${decorator} export { twice };`,
  };
  expect((await runArtifact(files)).value).toBe('add4');
});

it('runs accessors', async () => {
  const source = `
    function logged({ get, set }: any, { kind }: any) { return { get() { return kind + get.call(this); }, set }; }
    class A { @logged accessor a = 1; } export const value = new A().a;`;
  expect((await runArtifact({ '/index.ts': source })).value).toBe('accessor1');
});

it('runs decorators of parameters', async () => {
  const source = `
    const seen: unknown[] = []; const Inject = (name: string) => (_: object, __: unknown, index: number) => { seen.push(name, index); };
    class A { constructor(a: number, @Inject('b') private b: number) {} } export const value = seen;`;
  expect((await runArtifact({ '/index.ts': source })).value).toEqual(['b', 1]);
});

it('runs legacy decorators in JavaScript', async () => {
  const source = `import unused from 'side-effect';
    function tag(target, key, descriptor) { descriptor.value = () => key; }
    class A { @tag a() {} } export const value = new A().a();`;
  const packages = { 'side-effect': {} };
  expect((await runArtifact({ '/index.js': source }, { packages })).value).toBe('a');
});

it("does as the artifact's settings say", async () => {
  const source =
    'function kind(...all: unknown[]) { value = all.length; } export let value = 0; class A { @kind a() {} }';
  const settings = (legacy: boolean) => `{ // TypeScript's own
    "compilerOptions": { "experimentalDecorators": ${legacy}, }, }`;
  expect((await runArtifact({ '/index.ts': source, '/tsconfig.json': settings(true) })).value).toBe(3);
  expect((await runArtifact({ '/index.ts': source, '/tsconfig.json': settings(false) })).value).toBe(2);
  expect((await runArtifact({ '/index.ts': source })).value).toBe(3);
});

it('assigns fields where decorators put accessors on the prototype', () => {
  const choose = (source: string) => chooseDecorators(source, () => [], { paths: {} });
  const rest = ' class A { @property() a = 1 }';
  expect(choose(`import { property } from 'lit/decorators.js';${rest}`)).toEqual({
    legacy: true,
    defineFields: false,
  });
  expect(choose(`import { Column } from 'typeorm';${rest}`)).toEqual({ legacy: true, defineFields: false });
  expect(choose(`import { observable } from 'mobx';${rest}`)).toEqual({ legacy: true, defineFields: true });
  expect(choose(`import { LitElement } from 'lit';`)).toEqual({ legacy: false, defineFields: true });
});

it.each([
  ['@observable accessor items = []', 'standard'],
  ['import { observable } from "mobx"; @observable accessor items = []', 'standard'],
  ['import { observable } from "mobx"; @observable items = []', 'legacy'],
  ['constructor(@Inject() private readonly a: A) {}', 'legacy'],
  ['import "reflect-metadata";', 'legacy'],
  ['function bound(value: any, context: any) { context.addInitializer(() => {}); }', 'standard'],
  ['const a = 1;', undefined],
])('reads %s', (source, sign) => {
  expect(decoratorSign(source)).toBe(sign);
});

it('takes neither comments nor packages of a scope for decorators', () => {
  expect(hasDecorators("/** @param a */ import a from '@radix-ui/react-slot'; /* @x */")).toBe(false);
  expect(hasDecorators('@customElement("a") class A {}')).toBe(true);
});

it('reads hostile text in a moment', () => {
  const started = performance.now();
  for (const text of ['(', '/*', '@a(', ' ', '\n', ', @', 'from ', '@a ', '(a,context:', '@']) {
    chooseDecorators(`@a ${text.repeat(1_000_000 / text.length)}`, () => [], { paths: {} });
  }
  expect(performance.now() - started).toBeLessThan(5_000);
});
