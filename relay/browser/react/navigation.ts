// Where the artifact is in its own history, for Sandpack's address bar: `urlchange` out, `urlback` and `urlforward` in. Both
// engines call it.
import { ownHistory } from '../own-history.ts';

/** What changes. */
export interface Place {
  url: string;
  back: boolean;
  forward: boolean;
}

/** Keeps the artifact to its own history, and calls `pass` whenever its address changes. */
export function watchNavigation(pass: (place: Place) => void): void {
  ownHistory(window);
  const visited = [location.href];
  let position = 0;
  const tell = () => pass({ url: location.href, back: position > 0, forward: position < visited.length - 1 });
  const push = () => {
    position += 1;
    visited.splice(position, visited.length, location.href);
    tell();
  };
  const move = () => {
    if (visited[position] === location.href) return;
    if (visited[position - 1] === location.href) position -= 1;
    else if (visited[position + 1] === location.href) position += 1;
    else return push();
    tell();
  };
  const { pushState, replaceState } = History.prototype;
  history.pushState = function (...given) {
    pushState.apply(this, given);
    push();
  };
  history.replaceState = function (...given) {
    replaceState.apply(this, given);
    visited[position] = location.href;
    tell();
  };
  window.addEventListener('popstate', move);
  window.addEventListener('hashchange', move);
}
