// The path of the bundler's page where `/` is the native engine's; artifacts never see it.
import { bundlerPath } from '../../shared/native.ts';

/** Opens the bundler's page in place of this one. */
export function openBundlerPage(): void {
  location.replace(bundlerPath + location.search + location.hash);
}

/** Artifacts with a router read the path, and expect their own. */
export function leaveBundlerPath(): void {
  if (location.pathname === bundlerPath)
    history.replaceState(history.state, '', `/${location.search}${location.hash}`);
}
