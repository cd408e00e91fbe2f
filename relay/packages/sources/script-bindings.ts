// A script's variables and what is put under them, found by a parse: for those who want to know what a script exports without
// running it. Blocks have no scope of their own here: two variables of one name in a function count as one.
import {
  type AnyNode,
  type CallExpression,
  type ClassDeclaration,
  type Expression,
  type FunctionDeclaration,
  type Pattern,
  parse,
  type Super,
} from 'acorn';
import { base, recursive } from 'acorn-walk';

/** What a variable may hold. */
export type Value = Expression | Super | ClassDeclaration | FunctionDeclaration;

/** Part of the script, with the names that are known there. */
export interface Located<T> {
  node: T;
  scope: Scope;
}

/** A variable or parameter: everything that is assigned to it, or passed. */
export interface Binding {
  values: Located<Value>[];
}

/** What a function takes and gives. */
interface FunctionBody {
  parameters: (Binding | undefined)[];
  returned: Located<Expression>[];
}

/** `object.name = value` */
export interface MemberAssignment {
  object: Located<Value>;
  name: string;
  value: Located<Expression>;
}

export class Scope {
  readonly #bindings = new Map<string, Binding>();

  constructor(
    readonly bindings: Binding[],
    readonly parent?: Scope,
  ) {}

  declare(name: string): Binding {
    const known = this.#bindings.get(name);
    if (known) return known;
    const binding: Binding = { values: [] };
    this.#bindings.set(name, binding);
    this.bindings.push(binding);
    return binding;
  }

  /** Undefined for a name that the script itself does not declare. */
  find(name: string): Binding | undefined {
    return this.#bindings.get(name) ?? this.parent?.find(name);
  }
}

/** See the head of this file. */
export class Script {
  readonly bindings: Binding[] = [];
  readonly members: MemberAssignment[] = [];
  readonly calls: Located<CallExpression>[] = [];
  /** Whether something in it is marked as compiled from an ES module; to read such a mark is none. */
  marksEsModule = false;
  readonly #bodies = new Map<AnyNode, FunctionBody>();

  /** @throws SyntaxError when it is no script, RangeError when it is nested too deeply */
  constructor(code: string) {
    const program = parse(code, { ecmaVersion: 'latest', sourceType: 'commonjs', allowHashBang: true });
    const assigned: { scope: Scope; name: string; value: Expression }[] = [];
    recursive<{ scope: Scope; body: FunctionBody | undefined }>(
      program,
      { scope: new Scope(this.bindings), body: undefined },
      {
        Function: (node, { scope }, visit) => {
          const inner = new Scope(this.bindings, scope);
          const body: FunctionBody = {
            parameters: node.params.map((parameter) => declarePattern(inner, parameter)),
            returned: [],
          };
          this.#bodies.set(node as AnyNode, body);
          const state = { scope: inner, body };
          for (const parameter of node.params) visit(parameter, state);
          if (node.body.type !== 'BlockStatement') body.returned.push({ node: node.body, scope: inner });
          visit(node.body, state);
        },
        FunctionDeclaration: (node, state, visit) => {
          if (node.id) state.scope.declare(node.id.name).values.push({ node, scope: state.scope });
          base.FunctionDeclaration?.(node, state, visit);
        },
        FunctionExpression: (node, state, visit) => {
          const scope = new Scope(this.bindings, state.scope);
          if (node.id) scope.declare(node.id.name).values.push({ node, scope });
          base.FunctionExpression?.(node, { ...state, scope }, visit);
        },
        VariableDeclarator: (node, state, visit) => {
          const binding = declarePattern(state.scope, node.id);
          if (node.init) {
            binding?.values.push({ node: node.init, scope: state.scope });
            visit(node.init, state);
          }
          if (!binding) visit(node.id, state);
        },
        ClassDeclaration: (node, state, visit) => {
          if (node.id) state.scope.declare(node.id.name).values.push({ node, scope: state.scope });
          base.ClassDeclaration?.(node, state, visit);
        },
        ReturnStatement: (node, state, visit) => {
          if (!node.argument) return;
          state.body?.returned.push({ node: node.argument, scope: state.scope });
          visit(node.argument, state);
        },
        AssignmentExpression: (node, state, visit) => {
          const { left, right, operator } = node;
          const { scope } = state;
          if (operator === '=' || operator === '||=' || operator === '??=') {
            const name = memberName(left);
            if (left.type === 'Identifier') assigned.push({ scope, name: left.name, value: right });
            else if (left.type === 'MemberExpression' && name !== undefined)
              this.#addMember({
                object: { node: left.object, scope },
                name,
                value: { node: right, scope },
              });
          }
          visit(left, state);
          visit(right, state);
        },
        CallExpression: (node, state, visit) => {
          this.calls.push({ node, scope: state.scope });
          if (textOf(node.arguments[1]) === '__esModule') this.marksEsModule = true;
          base.CallExpression?.(node, state, visit);
        },
        Property: (node, state, visit) => {
          if (keyOf(node) === '__esModule') this.marksEsModule = true;
          base.Property?.(node, state, visit);
        },
      },
    );
    for (const { scope, name, value } of assigned) scope.find(name)?.values.push({ node: value, scope });
    // A function that is passed to one function is called there: once more for what that one passes.
    for (let round = 0; round < 2; round++) this.#passArguments();
  }

  /** What functions that an expression may be give back. */
  returnsOf(expression: Value, scope: Scope): Located<Expression>[] {
    return this.#functionsOf({ node: expression, scope }, new Set()).flatMap(({ returned }) => returned);
  }

  #addMember(member: MemberAssignment): void {
    if (member.name === '__esModule') this.marksEsModule = true;
    this.members.push(member);
  }

  #passArguments(): void {
    for (const { node, scope } of this.calls) {
      const isApplied = memberName(node.callee) === 'call';
      const passed = isApplied ? node.arguments.slice(1) : node.arguments;
      if (!passed.some((argument) => mayBePassed(argument))) continue;
      for (const { parameters } of this.#functionsOf({ node: node.callee, scope }, new Set()))
        for (const [index, argument] of passed.entries()) {
          const parameter = parameters[index];
          if (
            parameter &&
            mayBePassed(argument) &&
            !parameter.values.some((value) => value.node === argument)
          )
            parameter.values.push({ node: argument, scope });
        }
    }
  }

  #functionsOf({ node, scope }: Located<Value>, seen: Set<Binding>): FunctionBody[] {
    const body = this.#bodies.get(node);
    if (body) return [body];
    if (node.type === 'MemberExpression' && memberName(node) === 'call')
      return this.#functionsOf({ node: node.object, scope }, seen);
    if (node.type === 'Identifier') {
      const binding = scope.find(node.name);
      if (!binding || seen.has(binding)) return [];
      seen.add(binding);
      return binding.values.flatMap((value) => this.#functionsOf(value, seen));
    }
    return outcomes(node).flatMap((part) => this.#functionsOf({ node: part, scope }, seen));
  }
}

/** Of an expression that only chooses or hands on, what it may come to. */
export function outcomes(node: Value): Expression[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return [node.right];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate];
    case 'LogicalExpression':
      return node.operator === '&&' ? [node.right] : [node.left, node.right];
    case 'SequenceExpression':
      return node.expressions.slice(-1);
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return [node.expression];
    default:
      return [];
  }
}

/** The name of `object.name` and `object['name']`. */
export function memberName(node: AnyNode): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  if (node.computed) return textOf(node.property);
  return node.property.type === 'Identifier' ? node.property.name : undefined;
}

/** The key of a property, unless it is computed. */
export function keyOf(node: { key: AnyNode; computed: boolean }): string | undefined {
  if (node.computed) return undefined;
  return node.key.type === 'Identifier' ? node.key.name : textOf(node.key);
}

/** The text of a string literal. */
export function textOf(node: AnyNode | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** Arguments by which exports, and functions that make them, are handed around. */
function mayBePassed(node: AnyNode): node is Expression {
  const types = ['Identifier', 'MemberExpression', 'ConditionalExpression', 'LogicalExpression'];
  return /Function/.test(node.type) || types.includes(node.type);
}

/** Declares every name of a pattern. @returns the variable, of a pattern that is nothing else */
function declarePattern(scope: Scope, pattern: Pattern): Binding | undefined {
  switch (pattern.type) {
    case 'Identifier':
      return scope.declare(pattern.name);
    case 'AssignmentPattern':
      return declarePattern(scope, pattern.left);
    case 'RestElement':
      declarePattern(scope, pattern.argument);
      return undefined;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) declarePattern(scope, element);
      return undefined;
    case 'ObjectPattern':
      for (const property of pattern.properties)
        declarePattern(scope, property.type === 'Property' ? property.value : property);
      return undefined;
    default:
      return undefined;
  }
}
