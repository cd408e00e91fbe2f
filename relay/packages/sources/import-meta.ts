// What code of a package reads of `import.meta`, put in place: which file it was published in, and what bundlers promise there.
import { init, parse } from 'es-module-lexer';
import { callEsbuild } from '../../esbuild/esbuild-call.ts';

/** Which member is read, right after what the lexer found. */
const memberAfter = /\s*\??\.\s*(\w+)(?![\w$])/y;

/**
 * @param what names the file, for people
 * @param source JavaScript or JSX
 * @param members expressions by member: `url`, `env`
 * @returns undefined where nothing of it is read
 */
export async function replaceImportMeta(
  what: string,
  source: string,
  members: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  // Only a pre-filter, for the thousands of files that have none.
  if (!/\bimport\s*\.\s*meta\b/.test(source)) return undefined;
  await init;
  const { code, found } = await lex(what, source);
  let text = '';
  let done = 0;
  for (const entry of found) {
    if (entry.type !== 'import-meta') continue;
    memberAfter.lastIndex = entry.end;
    const member = memberAfter.exec(code)?.[1];
    if (member === undefined || !Object.hasOwn(members, member)) continue;
    text += `${code.slice(done, entry.start)}(${members[member]})`;
    done = memberAfter.lastIndex;
  }
  return done === 0 ? undefined : text + code.slice(done);
}

async function lex(what: string, source: string) {
  try {
    return { code: source, found: parse(source)[0] };
  } catch {
    // The lexer does not know JSX.
    const { code } = await callEsbuild({ what }, ({ transform }) =>
      transform(source, { loader: 'jsx', logLevel: 'silent', tsconfigRaw: '{}' }),
    );
    return { code, found: parse(code)[0] };
  }
}
