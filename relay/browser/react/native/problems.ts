// What goes wrong in an artifact, as Sandpack's client shows it: title, message, and where in the artifact's own source
// (sandpack-client's `extractErrorDetails`; react-error-overlay's frames).
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { parse } from 'error-stack-parser-es/lite';
import type { CompileProblem, NativeFile } from '../../../shared/native.ts';
import { linesBefore } from './evaluate.ts';

/** A line of source around a place. */
interface ScriptLine {
  lineNumber: number;
  content: string;
  highlight: boolean;
}

/** A frame of a stack that leads into the artifact's source. Lines from 1, columns from 0. */
interface SourceFrame {
  functionName: string;
  fileName: string;
  lineNumber: number;
  columnNumber: number;
  _originalFunctionName: string;
  _originalFileName: string;
  _originalLineNumber: number;
  _originalColumnNumber: number;
  _originalScriptCode: ScriptLine[];
}

/** The `show-error` action of the Sandpack protocol. */
export interface ShowError {
  type: 'action';
  action: 'show-error';
  title: string;
  message: string;
  path: string;
  line: number;
  column: number;
  payload: { frames?: SourceFrame[] };
  [field: string]: unknown;
}

const linesAround = 3;

/** An exception, wherever it was thrown. @param sources the artifact's files as they were written */
export function describeError(
  error: unknown,
  files: Readonly<Record<string, NativeFile>>,
  sources: Readonly<Record<string, string>>,
): ShowError {
  const frames = error instanceof Error ? sourceFrames(error, files, sources) : [];
  const [first] = frames;
  return {
    type: 'action',
    action: 'show-error',
    title: error instanceof Error ? error.name : 'Error',
    message: messageOf(error),
    path: first?._originalFileName ?? '',
    line: first?._originalLineNumber ?? 0,
    column: first?._originalColumnNumber ?? 0,
    payload: { frames },
  };
}

/** A file that could not be compiled. */
export function describeProblem(
  { message, path, line, column }: CompileProblem,
  sources: Readonly<Record<string, string>>,
): ShowError {
  const code = scriptLines(sources[path], line)
    .map(
      ({ lineNumber, content, highlight }) =>
        `${highlight ? '>' : ' '} ${String(lineNumber).padStart(4)} | ${content}${highlight ? `\n       | ${' '.repeat(column)}^` : ''}`,
    )
    .join('\n');
  return {
    type: 'action',
    action: 'show-error',
    title: 'SyntaxError',
    message: `${path}: ${message} (${line}:${column})${code ? `\n\n${code}` : ''}`,
    path,
    line,
    column,
    payload: {},
  };
}

/** Anything else that keeps an artifact from being shown. */
export function describeFailure(title: string, message: string): ShowError {
  return { type: 'action', action: 'show-error', title, message, path: '', line: 0, column: 0, payload: {} };
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  try {
    return typeof error === 'string' ? error : (JSON.stringify(error) ?? String(error));
  } catch {
    return String(error);
  }
}

function sourceFrames(
  error: Error,
  files: Readonly<Record<string, NativeFile>>,
  sources: Readonly<Record<string, string>>,
): SourceFrame[] {
  const frames: SourceFrame[] = [];
  // An error that an artifact made itself may have any stack, or none.
  for (const frame of parse(error, { allowEmpty: true })) {
    const {
      function: functionName = '',
      file: fileName = '',
      line: lineNumber = 0,
      col: columnNumber = 0,
    } = frame;
    const path = pathOf(fileName);
    const file = path === undefined ? undefined : files[path];
    if (path === undefined || !file || sources[path] === undefined) continue;
    const { line, column } = originalPosition(file, lineNumber - linesBefore, columnNumber - 1);
    frames.push({
      functionName,
      fileName,
      lineNumber,
      columnNumber,
      _originalFunctionName: functionName,
      _originalFileName: path,
      _originalLineNumber: line,
      _originalColumnNumber: column,
      _originalScriptCode: scriptLines(sources[path], line),
    });
  }
  return frames;
}

function pathOf(fileName: string): string | undefined {
  if (!URL.canParse(fileName)) return undefined;
  const { origin, pathname } = new URL(fileName);
  return origin === location.origin ? decodeURI(pathname) : undefined;
}

function originalPosition(
  { mappings }: NativeFile,
  line: number,
  column: number,
): { line: number; column: number } {
  if (mappings === '' || line < 1) return { line: Math.max(line, 1), column: Math.max(column, 0) };
  const map = new TraceMap(mappings);
  const place = { line, column: Math.max(column, 0) };
  const before = originalPositionFor(map, place);
  // Code of the compiler's own stands before the first that has a place in the source.
  const found =
    before.line === null ? originalPositionFor(map, { ...place, bias: LEAST_UPPER_BOUND }) : before;
  return found.line === null ? { line: 1, column: 0 } : { line: found.line, column: found.column };
}

function scriptLines(source: string | undefined, line: number): ScriptLine[] {
  const lines = source?.split('\n') ?? [];
  const from = Math.max(1, line - linesAround);
  return lines.slice(from - 1, line + linesAround).map((content, index) => ({
    lineNumber: from + index,
    content,
    highlight: from + index === line,
  }));
}
