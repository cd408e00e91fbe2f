// A Chromium that checks certificates as it does for everybody: no flag that ignores errors; what it trusts beside the built-in
// roots is in its HOME. Names below `.test` lead to nginx's ports, and no other name resolves.

import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../../scripts/browser.mjs';
import { quietFlags } from '../../browser/open-chromium.ts';

/** @param options `home` holds `.pki/nssdb`; ports of loopback that names below `.test` lead to */
export async function openStrictChromium(options: {
  home: string;
  httpPort: number;
  httpsPort: number;
}): Promise<Browser> {
  const { home, httpPort, httpsPort } = options;
  const executablePath = findBrowser();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    env: { ...process.env, HOME: home } as Record<string, string>,
    args: [
      ...quietFlags,
      '--no-proxy-server',
      `--host-resolver-rules=MAP *.test:443 127.0.0.1:${httpsPort}, MAP *.test:80 127.0.0.1:${httpPort}, MAP * ~NOTFOUND`,
    ],
  });
}
