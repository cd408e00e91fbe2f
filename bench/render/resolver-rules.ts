/** Chromium's `--host-resolver-rules` under which no name but ours leads anywhere. @param rules more of them; empty for none */
export function loopbackOnly(rules: string): string {
  const own = 'MAP *.localhost 127.0.0.1, EXCLUDE localhost, EXCLUDE 127.0.0.1, MAP * ~NOTFOUND';
  return rules === '' ? own : `${rules}, ${own}`;
}
