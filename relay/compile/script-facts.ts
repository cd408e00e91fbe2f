// What a compiled script imports, awaits and declares, found by a parse; and the edits that make it a function's body.
import {
  type AnyNode,
  type CallExpression,
  type ForOfStatement,
  type Function as FunctionNode,
  type Node,
  type Pattern,
  type Program,
  parse,
} from 'acorn';
import { base, fullAncestor, recursive } from 'acorn-walk';

/** Names that compiled code goes by for what its function is given. */
export interface ScriptNames {
  import: string;
  meta: string;
  loop: string;
  /** Stands for a `Buffer` that nobody declares. */
  buffer: string;
  /** Marks an `await` at the top level, and what a `for await` there goes through. */
  await: string;
  forAwait: string;
}

export interface ScriptFacts {
  program: Program;
  imports: string[];
  laterImports: string[];
  importsComputed: boolean;
  isAsync: boolean;
  edits: Edit[];
}

/** Replaces the text from `start` to `end`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** @throws SyntaxError of acorn, with `pos` */
export function parseScript(code: string, sourceType: 'script' | 'module'): Program {
  return parse(code, {
    ecmaVersion: 'latest',
    sourceType,
    allowReturnOutsideFunction: sourceType === 'script',
  });
}

/** Reads a script as esbuild prints it, with marks in place of what awaits at the top level. */
export function readScript(code: string, names: ScriptNames): ScriptFacts {
  const program = parseScript(code, 'script');
  const imports = new Set<string>();
  const laterImports = new Set<string>();
  const edits: Edit[] = [];
  const facts = { importsComputed: false, isAsync: false };
  fullAncestor(program, (found, _state, ancestors) => {
    const node = found as AnyNode;
    if (node.type === 'ImportExpression') {
      edits.push({ start: node.start, end: node.start + 'import'.length, text: names.import });
      const specifier = literalText(node.source);
      if (specifier === undefined) facts.importsComputed = true;
      else laterImports.add(specifier);
    } else if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
      if (node.callee.name === 'require') {
        const specifier = literalText(node.arguments[0]);
        if (specifier !== undefined && !ancestors.some(declaresRequire)) imports.add(specifier);
      } else if (node.callee.name === names.await) {
        facts.isAsync = true;
        edits.push({ start: node.start, end: node.callee.end, text: '(await ' });
        edits.push({ start: node.end, end: node.end, text: ')' });
      }
    } else if (node.type === 'ForOfStatement' && isCallOf(node.right, names.forAwait)) {
      facts.isAsync = true;
      edits.push({ start: node.start + 'for'.length, end: node.start + 'for'.length, text: ' await' });
      edits.push({ start: node.right.start, end: node.right.callee.end, text: '' });
    } else if (
      node.type === 'NewExpression' &&
      node.callee.type === 'Identifier' &&
      node.callee.name === 'URL'
    ) {
      const specifier = literalText(node.arguments[0]);
      if (specifier !== undefined && /^[./]/.test(specifier) && isMetaUrl(node.arguments[1], names.meta)) {
        laterImports.add(specifier);
      }
    }
  });
  return { program, imports: [...imports], laterImports: [...laterImports], ...facts, edits };
}

/** Marks what awaits at the top level of an ES module, which esbuild does not take in a script. Lines stay where they are. */
export function markAwaits(code: string, names: ScriptNames): string {
  const edits: Edit[] = [];
  recursive(parseScript(code, 'module'), undefined, {
    // What awaits in a function is that function's business.
    Function: () => {},
    AwaitExpression(node, state, follow) {
      edits.push({ start: node.start, end: node.start + 'await'.length, text: `${names.await}(` });
      edits.push({ start: node.end, end: node.end, text: ')' });
      follow(node.argument, state);
    },
    ForOfStatement(node, state, follow) {
      if (node.await) {
        const start = code.indexOf('await', node.start);
        edits.push({ start, end: start + 'await'.length, text: '' });
        edits.push({ start: node.right.start, end: node.right.start, text: `${names.forAwait}(` });
        edits.push({ start: node.right.end, end: node.right.end, text: ')' });
      }
      base.ForOfStatement?.(node, state, follow);
    },
  });
  return applyEdits(code, edits);
}

export function applyEdits(code: string, edits: Edit[]): string {
  let edited = '';
  let from = 0;
  // What is put in before what is replaced at the same place.
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    edited += code.slice(from, start) + text;
    from = end;
  }
  return edited + code.slice(from);
}

/** Names that cannot be declared again beside a parameter of the same name. */
export function lexicalNames(program: Program): Set<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    if (statement.type === 'ClassDeclaration') names.add(statement.id.name);
    if (statement.type !== 'VariableDeclaration' || statement.kind === 'var') continue;
    for (const { id } of statement.declarations) for (const name of patternNames(id)) names.add(name);
  }
  return names;
}

function patternNames(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ArrayPattern':
      return pattern.elements.flatMap(patternNames);
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'RestElement' ? property : property.value),
      );
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    default:
      return [];
  }
}

function declaresRequire(node: Node): boolean {
  return isFunction(node) && node.params.some((parameter) => patternNames(parameter).includes('require'));
}

function isFunction(node: Node): node is FunctionNode {
  return /^(Function(Declaration|Expression)|ArrowFunctionExpression)$/.test(node.type);
}

function literalText(node: AnyNode | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}

function isCallOf(node: ForOfStatement['right'], name: string): node is CallExpression {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name;
}

function isMetaUrl(node: AnyNode | undefined, meta: string): boolean {
  return (
    node?.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === meta &&
    node.property.type === 'Identifier' &&
    node.property.name === 'url'
  );
}
