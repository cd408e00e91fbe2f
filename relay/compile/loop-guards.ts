// Endless loops: each loop of an artifact asks now and then whether its turn has taken too long. The page's side of `$loop` decides
// (relay/browser/react/native/loop-guard.ts).
import type { Program, Statement } from 'acorn';
import { simple } from 'acorn-walk';
import type { Edit } from './script-facts.ts';

/**
 * Edits that make every `while`, `do` and `for (;;)` ask.
 * @param guard the name of `$loop` in the code
 */
export function guardLoops(program: Program, guard: string): Edit[] {
  const edits: Edit[] = [];
  const call = `if((++${guard}.rounds&1023)===0)${guard}.check();`;
  const ask = ({ body }: { body: Statement }) => {
    if (body.type === 'BlockStatement') {
      edits.push({ start: body.start + 1, end: body.start + 1, text: call });
    } else {
      edits.push({ start: body.start, end: body.start, text: `{${call}` });
      edits.push({ start: body.end, end: body.end, text: '}' });
    }
  };
  simple(program, { WhileStatement: ask, DoWhileStatement: ask, ForStatement: ask });
  return edits;
}
