// What an artifact's tsconfig.json or jsconfig.json says that matters here. Read as leniently as TypeScript does: comments, commas.
import { type AnyNode, parseExpressionAt } from 'acorn';

export interface TypeScriptSettings {
  experimentalDecorators?: boolean;
  useDefineForClassFields?: boolean;
  /** Absolute folder that bare names may be found in. */
  baseUrl?: string;
  /** Absolute patterns by pattern of a specifier; both may have one `*`. */
  paths: Record<string, string[]>;
}

/** Never throws: what cannot be read says nothing. */
export function readTypeScriptSettings(files: Record<string, string>): TypeScriptSettings {
  const text = files['/tsconfig.json'] ?? files['/jsconfig.json'];
  if (text === undefined) return { paths: {} };
  const options = fieldOf(parseLeniently(text), 'compilerOptions');
  const legacy = fieldOf(options, 'experimentalDecorators');
  const define = fieldOf(options, 'useDefineForClassFields');
  const baseUrl = fieldOf(options, 'baseUrl');
  const root = typeof baseUrl === 'string' ? baseUrl : '.';
  const paths = fieldOf(options, 'paths');
  return {
    ...(typeof legacy === 'boolean' ? { experimentalDecorators: legacy } : {}),
    ...(typeof define === 'boolean' ? { useDefineForClassFields: define } : {}),
    ...(typeof baseUrl === 'string' ? { baseUrl: absolute('.', root) } : {}),
    paths: Object.fromEntries(
      Object.entries(isRecord(paths) ? paths : {}).map(([pattern, places]) => [
        pattern,
        (Array.isArray(places) ? places : [])
          .filter((place) => typeof place === 'string')
          .map((place) => absolute(root, place)),
      ]),
    ),
  };
}

function absolute(folder: string, path: string): string {
  return new URL(`${folder.replace(/\/$/, '')}/${path}`.replace(/^\/*/, '/'), 'file:///').pathname;
}

function parseLeniently(text: string): unknown {
  try {
    return readNode(parseExpressionAt(text.replace(/^\uFEFF/, ''), 0, { ecmaVersion: 'latest' }));
  } catch {
    return undefined;
  }
}

function readNode(node: AnyNode | null): unknown {
  switch (node?.type) {
    case 'Literal':
      return node.value;
    case 'ArrayExpression':
      return node.elements.map(readNode);
    case 'ObjectExpression':
      return Object.fromEntries(
        node.properties.flatMap((property) =>
          property.type === 'Property' && property.key.type === 'Literal'
            ? [[String(property.key.value), readNode(property.value)]]
            : [],
        ),
      );
    default:
      return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
