// The floor under a native preview: the same packs, files and styles in a page with nothing else around them. What a preview takes beyond it is
// the kit's doing. Called by profile.ts.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { NativeFile } from '../../relay/shared/native.ts';
import { median } from '../report/statistics.ts';
import type { Chromium } from './chromium.ts';
import pageScript from './floor-page.js?raw';
import { listenOn } from './listen-on.ts';
import type { NativeLoad } from './native-load.ts';

/** Medians, in ms. */
export interface Floor {
  /** By stage; see native-stages.ts. */
  stages: Record<'frame' | 'packs' | 'packages' | 'artifact' | 'render', number>;
  /** From the start of the navigation. */
  firstPaintMs: number;
  /** What the modules of each package take by themselves while they run, the longest first. */
  packages: { name: string; ms: number }[];
  /** Tailwind's Play CDN after the first paint: its evaluation, and its first styles. */
  tailwind: { evaluateMs: number; stylesMs: number };
}

/** One look at the page; times of its own clock. */
export interface FloorReport {
  begun: number;
  loaded: number;
  packagesRan: number;
  artifactRan: number;
  painted: number;
  ownMs: Record<string, number>;
  tailwind: Floor['tailwind'];
}

const timeoutMs = 30_000;
const parameters = 'module,exports,require,$import,$meta,$loop,$RefreshReg$,$RefreshSig$';

/** The page, and the server that it comes from. */
export class FloorPage {
  readonly #server = createServer((req, res) => this.#answer(req, res));
  readonly #answers: Record<string, { type: string; body: string }>;
  #port = 0;
  #opened = 0;
  #report: (report: FloorReport) => void = () => {};

  private constructor(load: NativeLoad) {
    this.#answers = {
      '/': { type: 'text/html; charset=utf-8', body: renderPage(load) },
      '/artifact.js': { type: 'text/javascript; charset=utf-8', body: renderArtifact(load) },
    };
  }

  static async start(load: NativeLoad): Promise<FloorPage> {
    const floor = new FloorPage(load);
    floor.#port = await listenOn(floor.#server);
    return floor;
  }

  /**
   * Opens it at a host of its own: like a preview under `*.localhost`, it has no packs of an earlier one in the cache.
   * @throws Error when it does not paint
   */
  async open(chromium: Chromium): Promise<FloorReport> {
    let timer: NodeJS.Timeout | undefined;
    const reported = new Promise<FloorReport>((resolve, reject) => {
      this.#report = resolve;
      timer = setTimeout(() => reject(new Error('The floor’s page did not paint in time.')), timeoutMs);
    });
    this.#opened += 1;
    const url = `http://floor${this.#opened}.localhost:${this.#port}/`;
    const { targetId } = await chromium.send('Target.createTarget', { url });
    const report = await reported;
    clearTimeout(timer);
    await chromium.send('Target.closeTarget', { targetId });
    return report;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.url === '/report') this.#report(JSON.parse(await text(req)));
    const { type, body } = this.#answers[req.url ?? ''] ?? { type: 'text/plain', body: '' };
    res.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
  }
}

function renderPage({ answer, base, css }: NativeLoad): string {
  const packs = answer.packages.packs.map(({ path }) => new URL(path, base).href);
  const scripts = packs.map((url) => `<script defer crossorigin="anonymous" src="${url}"></script>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Floor</title>
<link rel="icon" href="data:,">
<style>${css}</style>
<script>${pageScript}</script>
${scripts.join('\n')}
<script defer src="/artifact.js"></script>
<body><div id="root"></div></body>
</html>
`;
}

function renderArtifact({ answer, playCdn }: NativeLoad): string {
  const files = Object.entries(answer.files).map(
    ([path, file]) => `${JSON.stringify(path)}: ${renderFile(file)}`,
  );
  return `runFloor({${files.join(',\n')}}, ${JSON.stringify(answer.entry)}, ${JSON.stringify(playCdn)});`;
}

function renderFile({ code, imports, targets }: NativeFile): string {
  return `{ run: function (${parameters}) {\n${code}\n}, imports: ${JSON.stringify(imports)}, targets: ${JSON.stringify(targets)} }`;
}

/** Of several looks. */
export function summariseFloor(reports: FloorReport[]): Floor {
  const middle = (value: (report: FloorReport) => number) => median(reports.map(value));
  const names = new Set(reports.flatMap(({ ownMs }) => Object.keys(ownMs)));
  names.delete('page');
  return {
    stages: {
      frame: middle(({ begun }) => begun),
      packs: middle(({ begun, loaded }) => loaded - begun),
      packages: middle(({ loaded, packagesRan }) => packagesRan - loaded),
      artifact: middle(({ packagesRan, artifactRan }) => artifactRan - packagesRan),
      render: middle(({ artifactRan, painted }) => painted - artifactRan),
    },
    firstPaintMs: middle(({ painted }) => painted),
    packages: [...names]
      .map((name) => ({ name, ms: middle(({ ownMs }) => ownMs[name] ?? 0) }))
      .sort((a, b) => b.ms - a.ms),
    tailwind: {
      evaluateMs: middle(({ tailwind }) => tailwind.evaluateMs),
      stylesMs: middle(({ tailwind }) => tailwind.stylesMs),
    },
  };
}
