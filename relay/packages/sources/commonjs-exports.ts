// What a CommonJS file exports, as far as a parse tells: keys of the object, members of the variable, what a factory or a wrapper
// for every module system makes. Node's lexer, which sees the plain forms only, is asked beside it.
import type { Expression, SpreadElement } from 'acorn';
import {
  type Binding,
  keyOf,
  type Located,
  memberName,
  outcomes,
  type Scope,
  Script,
  textOf,
  type Value,
} from './script-bindings.ts';

/** See the head of this file. */
export interface CommonJsExports {
  names: string[];
  /** Specifiers of which everything is exported. */
  reexports: string[];
  /** Specifiers of functions whose result is what is exported: `module.exports = require('./make')()`. */
  made: string[];
  /** Where a function is exported: names of what it returns. */
  returned: string[];
}

/** Of much more, a parse takes seconds, and the heap of a small machine. */
const maxParsedBytes = 4 * 1024 * 1024;
/** Only a pre-filter: Node's lexer reads all of a file of nothing but these. */
const otherThanPlain =
  /(?<!\bdefineProperty\(|\b__exportStar\(require\(["'][^"']*["']\), )\bexports\b(?!\s*\.\s*[\w$])/;
/** Only a pre-filter, too. */
const assigned = /\bexports["']?\s*\]?\s*=(?!=)/;

/**
 * @param code JavaScript that is no ES module
 * @returns undefined where Node's lexer has to do: when it does not parse, or sees everything by itself
 */
export function readCommonJs(code: string): CommonJsExports | undefined {
  const script = otherThanPlain.test(code) ? parseScript(code) : undefined;
  return script && new ExportReader(script).read();
}

/** Whether `module.exports` is a value by itself, most often a function, and not a table of names or a compiled ES module. */
export function isOneValue(code: string): boolean {
  if (!assigned.test(code)) return false;
  const script = parseScript(code);
  // A guess, where the file is too large: such are builds for every module system.
  if (!script) return !code.includes('__esModule');
  if (script.marksEsModule) return false;
  const reader = new ExportReader(script);
  return reader.assigned.some((value) => !reader.isTable(value));
}

function parseScript(code: string): Script | undefined {
  if (code.length > maxParsedBytes) return undefined;
  try {
    return new Script(code);
  } catch {
    return undefined;
  }
}

class ExportReader {
  /** What `module.exports` is set to. */
  readonly assigned: Located<Expression>[];

  constructor(readonly script: Script) {
    this.assigned = script.members.flatMap(({ object, name, value }) =>
      name === 'exports' && isModule(object) ? [value] : [],
    );
  }

  read(): CommonJsExports {
    const exported = new Members(this.script, true);
    exported.addAll(this.assigned);
    const returned = new Members(this.script, false);
    for (const { node, scope } of exported.functions) returned.addAll(this.script.returnsOf(node, scope));
    const { reexports, made } = exported;
    return {
      names: exported.names(),
      reexports: [...reexports],
      made: [...made],
      returned: returned.names(),
    };
  }

  isTable({ node, scope }: Located<Expression>): boolean {
    if (node.type === 'ObjectExpression') return true;
    if (node.type === 'CallExpression')
      return node.callee.type === 'Identifier' && node.callee.name === '__toCommonJS';
    if (node.type === 'MemberExpression') return isFree(node.object, scope, 'exports');
    if (isFree(node, scope, 'exports')) return true;
    const parts = outcomes(node);
    return parts.length > 0 && parts.every((part) => this.isTable({ node: part, scope }));
  }
}

/** Names of members of certain values. */
class Members {
  readonly reexports = new Set<string>();
  readonly made = new Set<string>();
  /** Functions and classes among the values. */
  readonly functions: Located<Value>[] = [];
  readonly #keys = new Set<string>();
  /** Variables that may hold one of the values. */
  readonly #holders = new Set<Binding>();
  readonly #seen = new Set<Value>();

  /** @param ofModule whether `exports` and `module.exports` are among the values */
  constructor(
    readonly script: Script,
    readonly ofModule: boolean,
  ) {}

  addAll(values: Located<Value>[]): void {
    for (const { node, scope } of values) this.#add(node, scope);
  }

  names(): string[] {
    this.#findHolders();
    for (const { object, name } of this.script.members)
      if (name !== 'prototype' && this.#isOne(object)) this.#keys.add(name);
    for (const { node, scope } of this.script.calls) {
      const [first, second] = node.arguments;
      if (!first || first.type === 'SpreadElement' || !this.#isOne({ node: first, scope })) continue;
      const key = textOf(second);
      // `Object.defineProperty(exports, 'name', …)`, and what bundlers call that.
      if (key !== undefined && node.arguments.length > 2) this.#keys.add(key);
      const method = objectMethod(node.callee, scope);
      if (method === 'assign') this.addAll(expressions(node.arguments.slice(1), scope));
      // A table of getters: `__export(exports, { name: () => name })`.
      else if (second?.type === 'ObjectExpression') {
        const isTable = method === 'defineProperties' || second.properties.every(isGetter);
        if (isTable) this.#add(second, scope);
      }
    }
    return [...this.#keys];
  }

  #add(node: Value, scope: Scope): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    switch (node.type) {
      case 'ObjectExpression':
        for (const property of node.properties) {
          const key = property.type === 'Property' ? keyOf(property) : undefined;
          if (property.type === 'SpreadElement') this.#add(property.argument, scope);
          else if (key !== undefined && key !== '__proto__') this.#keys.add(key);
        }
        break;
      case 'Identifier': {
        const binding = scope.find(node.name);
        if (!binding) break;
        this.#holders.add(binding);
        this.addAll(binding.values);
        break;
      }
      case 'ClassDeclaration':
      case 'ClassExpression':
        for (const member of node.body.body) {
          const key = member.type !== 'StaticBlock' && member.static ? keyOf(member) : undefined;
          if (key !== undefined) this.#keys.add(key);
        }
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.functions.push({ node, scope });
        break;
      case 'CallExpression': {
        const { callee } = node;
        const required = requiredBy(node, scope);
        const method = objectMethod(callee, scope);
        if (required !== undefined) this.reexports.add(required);
        else if (method === 'assign') this.addAll(expressions(node.arguments, scope));
        else if (method !== undefined) this.addAll(expressions(node.arguments.slice(0, 1), scope));
        else {
          const maker = requiredBy(callee, scope);
          if (maker !== undefined) this.made.add(maker);
          this.addAll(this.script.returnsOf(callee, scope));
        }
        break;
      }
      default:
        this.addAll(outcomes(node).map((part) => ({ node: part, scope })));
    }
  }

  #findHolders(): void {
    for (let found = -1; found < this.#holders.size; ) {
      found = this.#holders.size;
      for (const binding of this.script.bindings)
        if (!this.#holders.has(binding) && binding.values.some((value) => this.#isOne(value)))
          this.#holders.add(binding);
    }
  }

  #isOne({ node, scope }: Located<Value>): boolean {
    if (node.type === 'Identifier') {
      const binding = scope.find(node.name);
      return binding ? this.#holders.has(binding) : this.ofModule && node.name === 'exports';
    }
    if (node.type === 'MemberExpression')
      return this.ofModule && memberName(node) === 'exports' && isModule({ node: node.object, scope });
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      if (this.#isOne({ node: node.left, scope })) return true;
    }
    return outcomes(node).some((part) => this.#isOne({ node: part, scope }));
  }
}

/** Whether an expression is Node's `module`, by whatever name. */
function isModule({ node, scope }: Located<Value>, seen = new Set<Binding>()): boolean {
  if (node.type !== 'Identifier') return outcomes(node).some((part) => isModule({ node: part, scope }, seen));
  const binding = scope.find(node.name);
  if (!binding) return node.name === 'module';
  if (seen.has(binding)) return false;
  seen.add(binding);
  return binding.values.some((value) => isModule(value, seen));
}

function isFree(node: Value, scope: Scope, name: string): boolean {
  return node.type === 'Identifier' && node.name === name && scope.find(name) === undefined;
}

/** `x` of `require('x')`. */
function requiredBy(node: Value, scope: Scope): string | undefined {
  if (node.type !== 'CallExpression') return undefined;
  return isFree(node.callee, scope, 'require') ? textOf(node.arguments[0]) : undefined;
}

/** `name` of `Object.name`, of those that give back their first argument. */
function objectMethod(node: Value, scope: Scope): string | undefined {
  if (node.type !== 'MemberExpression' || !isFree(node.object, scope, 'Object')) return undefined;
  const name = memberName(node) ?? '';
  const known = ['assign', 'freeze', 'seal', 'defineProperty', 'defineProperties', 'setPrototypeOf'];
  return known.includes(name) ? name : undefined;
}

function expressions(nodes: (Expression | SpreadElement)[], scope: Scope): Located<Expression>[] {
  return nodes.flatMap((node) => (node.type === 'SpreadElement' ? [] : [{ node, scope }]));
}

function isGetter(property: { type: string; value?: { type: string } }): boolean {
  return property.type === 'Property' && /Function/.test(property.value?.type ?? '');
}
