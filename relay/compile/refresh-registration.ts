// What `react-refresh/babel` adds to a module, found in compiled code: each component at the top level is registered by its name,
// each component and hook is signed with the hooks that it calls. After the code, so that no line moves.
import type { AnyNode, CallExpression, Node, Program } from 'acorn';
import { simple } from 'acorn-walk';

/** @param code what `program` was parsed from */
export function registerComponents(code: string, program: Program): string {
  const declared = program.body.flatMap(namedValues);
  const components = declared.filter(({ name }) => /^[A-Z]/.test(name));
  if (components.length === 0 && !declared.some(({ name }) => isHook(name))) return '';
  // Hooks first: a component's signature asks for those of the hooks that it calls.
  const signed = [...declared.filter(({ name }) => isHook(name)), ...components];
  const signatures = signed.map(({ name, node }) => signature(name, hookCalls(node), code));
  const registrations = components.map(
    ({ name }) => `try{if(${isComponentType(name)})$RefreshReg$(${name},${JSON.stringify(name)})}catch{}`,
  );
  return `\n;${[...signatures, ...registrations].join(';')};`;
}

/**
 * Signed and asked at once, as a signature would be at the first render: the functions of other modules that it then sees are those
 * that this version of the module was made with.
 */
function signature(name: string, calls: CallExpression[], code: string): string {
  const key = calls.map((call) => hookKey(call, code)).join('\n');
  const named = calls.map(({ callee }) => plainCallee(callee)).filter(isName);
  const hooks = new Set(named.map(({ start, end }) => code.slice(start, end)));
  return `try{if(${isComponentType(name)}){const $signature=$RefreshSig$();$signature(${name},${JSON.stringify(key)},false,()=>[${[...hooks].join(',')}]);$signature()}}catch{}`;
}

/** What a hook starts with is part of its state; what an effect or a callback does is not. */
function hookKey({ callee, arguments: given }: CallExpression, code: string): string {
  const name = calledName(callee);
  const start = name === 'useState' ? given[0] : name === 'useReducer' ? given[1] : undefined;
  return start ? `${name}(${code.slice(start.start, start.end)})` : name;
}

/** Of esbuild's `(0, import_x.useX)`, the name: React gives up on a hook that is no function. */
function plainCallee(callee: AnyNode): AnyNode {
  return callee.type === 'SequenceExpression' ? (callee.expressions.at(-1) as AnyNode) : callee;
}

/** Other values with a capital are none of React's business. */
function isComponentType(name: string): string {
  return `typeof ${name}==="function"||${name}?.$$typeof`;
}

/** Without what is only another name for a call's argument, such as the `React` of an import. */
function namedValues(statement: Program['body'][number]): { name: string; node: Node }[] {
  if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
    return [{ name: statement.id.name, node: statement }];
  }
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init && !isRequire(init) ? [{ name: id.name, node: init }] : [],
  );
}

function isRequire(node: AnyNode): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return false;
  return node.callee.name === 'require' || node.callee.name === '__toESM';
}

function hookCalls(node: Node): CallExpression[] {
  const calls: CallExpression[] = [];
  simple(node, {
    CallExpression(call) {
      if (isHook(calledName(call.callee))) calls.push(call);
    },
  });
  return calls.sort((a, b) => a.start - b.start);
}

/** Of `useX()`, `React.useX()`, and esbuild's `(0, import_x.useX)()`. */
function calledName(call: AnyNode): string {
  const callee = plainCallee(call);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed
    ? callee.property.name
    : '';
}

/** Whether it only names something: it can be looked at without doing anything. */
function isName(callee: AnyNode): boolean {
  if (callee.type === 'MemberExpression') return !callee.computed && isName(callee.object);
  return callee.type === 'Identifier';
}

function isHook(name: string): boolean {
  return /^use[A-Z]/.test(name);
}
