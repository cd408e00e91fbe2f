// Packages, at `/-/…` on the base host: dependency sets for the frame, and a twin of every CDN address at `/-/cdn/<host>/<path>`.
import compression from 'compression';
import { type Request, type RequestHandler, type Response, Router, text } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { ArtifactCompiler } from '../../compile/compile-artifact.ts';
import { HttpError } from '../../http/errors.ts';
import { lifetimes, sharedFileHeaders } from '../../http/headers.ts';
import { decodePath, pathOf, queryOf } from '../../http/target.ts';
import { NativeAnswers, nativeRequest } from '../../native/native-answers.ts';
import type { ContentAnswer } from '../../packages/answers/content-answer.ts';
import { PackageError } from '../../packages/base/package-error.ts';
import { moduleOrigin } from '../../packages/cdn/modules/module-answer.ts';
import type { AddressLog } from '../../packages/cdn/rules/address-log.ts';
import type { EncodedContent } from '../../packages/disk/encoded-store.ts';
import type { PackageEngine } from '../../packages/engine.ts';
import { innerPrefix, mirrorPrefix } from '../../shared/mirror-path.ts';
import type { TailwindStyles } from '../../tailwind/tailwind-styles.ts';
import type { MirrorFiles } from './mirror-files.ts';
import { SetResponses } from './set-responses.ts';

const ranges = z.record(z.string().min(1).max(214), z.string().max(300));
const specifiers = z.array(z.string().min(1).max(300)).max(1000);
/** Dependencies, resolutions, imports. */
const setQuery = z.object({ d: ranges, r: ranges.default({}), i: specifiers.default([]) });
/** Imports that a page has the modules for, and those it needs now. */
const additionQuery = z.object({ i: specifiers, n: specifiers.min(1) });
/** For what would be longer in an address than proxies allow. */
const queryBody = text({ type: () => true, limit: '256kb' });

/** An artifact's files. */
const nativeBody = text({ type: () => true, limit: '9mb' });

/** What a client may ask of each part, and what `Allow` says (RFC 9110 §10.2.1). */
const reading = ['GET', 'HEAD'];
const asking = ['GET', 'HEAD', 'POST'];

/**
 * Serves the package engine to preview origins; every failure is JSON with a message for people.
 * @param parts `files`: keeps what was sent; `addresses`: told which CDN addresses were asked for; `tailwind`: makes styles ahead; undefined where only the Play CDN may
 */
export function createPackages(
  engine: PackageEngine,
  {
    files,
    addresses,
    tailwind,
    log,
  }: { files: MirrorFiles; addresses: AddressLog; tailwind: TailwindStyles | undefined; log: Logger },
): RequestHandler {
  const router = Router();
  const responses = new SetResponses(engine.finished);
  const native = new NativeAnswers({
    compiler: new ArtifactCompiler(),
    linked: engine.linked,
    pageImports: (address) => engine.pageImports(address),
    tailwind,
    log,
  });
  router.use('/-', (_req, res, next) => {
    res.set(sharedFileHeaders);
    next();
  });
  const answerSet = async (query: unknown, req: Request, res: Response): Promise<void> => {
    const { d, r, i } = readQuery(setQuery, query);
    await responses.send({ dependencies: d, resolutions: r, imports: [...i].sort() }, req, res);
  };
  router
    .route('/-/set')
    .get((req, res) => answerSet(req.query.q, req, res))
    .post(queryBody, (req, res) => answerSet(req.body, req, res))
    .all(refuseMethod(asking));
  const answerAddition = async (id: string, query: unknown, res: Response): Promise<void> => {
    const { i, n } = readQuery(additionQuery, query);
    const addition = await engine.sets.addition(id, { known: i, added: n });
    if (!addition) throw new HttpError('PAGE_NOT_FOUND', `dependency tree ${id.slice(0, 40)}`);
    res.set('Cache-Control', lifetimes.resolved).json(addition);
  };
  router
    .route('/-/tree/:id/modules')
    .get(compression(), (req, res) => answerAddition(String(req.params.id), req.query.q, res))
    .post(queryBody, compression(), (req, res) => answerAddition(String(req.params.id), req.body, res))
    .all(refuseMethod(asking));
  router
    .route('/-/native')
    .post(nativeBody, compression(), async (req, res) => {
      const request = readBody(nativeRequest, req.body);
      res.set('Cache-Control', lifetimes.never).json(await native.answer(request));
    })
    .all(refuseMethod(['POST']));
  router
    .route('/-/styles/:name.css')
    .get(compression(), async (req, res) => {
      const css = await native.styles(String(req.params.name));
      if (css === undefined) throw new HttpError('PAGE_NOT_FOUND', `styles ${req.params.name}`.slice(0, 80));
      res
        .set('Cache-Control', css === '' ? lifetimes.never : lifetimes.immutable)
        .type('css')
        .send(css);
    })
    .all(refuseMethod(reading));
  router
    .route('/-/esm/*path')
    .get(async (req, res) => {
      const path = decodePath(pathOf(req));
      const answer = await engine.esModules.file(path.slice('/-/esm/'.length));
      if (!answer) throw new HttpError('PAGE_NOT_FOUND', `module at ${path.slice(0, 200)}`);
      await files.send(req, res, answer, () => {});
    })
    .all(refuseMethod(reading));
  router
    .route('/-/pack/:file')
    .get(async (req, res) => {
      const name = String(req.params.file).replace(/\.js$/, '');
      const encoded = await engine.linked.pack(name);
      if (!encoded || !String(req.params.file).endsWith('.js'))
        throw new HttpError('PAGE_NOT_FOUND', `pack ${name.slice(0, 64)}`);
      await files.send(req, res, packAnswer(name, encoded), () => {});
    })
    .all(refuseMethod(reading));
  const answerAddress =
    (prefix: string): RequestHandler =>
    async (req, res) => {
      const target = req.originalUrl.slice(prefix.length);
      const slash = target.search(/[/?]|$/);
      const host = target.slice(0, slash);
      const url = target.slice(slash);
      const path = decodePath(pathOf({ url }) || '/');
      const address = `https://${host}${url}`;
      const answer = await addresses.watch(address, () =>
        engine.cdn(host, path, new URLSearchParams(queryOf({ url }))),
      );
      if (!answer) throw new HttpError('PAGE_NOT_FOUND', `file at https://${host}${pathOf({ url })}`);
      if (answer.kind !== 'content')
        return res
          .set('Cache-Control', lifetimes[answer.lifetime])
          .redirect(302, pathAt(prefix, answer.location));
      const named = prefix === innerPrefix ? nameOwnAddresses(answer) : answer;
      await files.send(req, res, named, addresses.counter(address));
    };
  for (const prefix of [mirrorPrefix, innerPrefix])
    router.route(`${prefix}:host{/*path}`).get(answerAddress(prefix)).all(refuseMethod(reading));
  router.use('/-', (error: unknown, _req: Request, res: Response, next: (error: unknown) => void) => {
    if (!(error instanceof PackageError) || res.headersSent) return next(error);
    if (error.status >= 500)
      log.warn({ code: error.code, detail: error.detail, message: error.message }, 'package request failed');
    res
      .status(error.status)
      .set('Cache-Control', lifetimes.never)
      .json({ error: { code: error.code, message: error.message, remedy: error.remedy } });
  });
  return router;
}

function packAnswer(name: string, encoded: EncodedContent): ContentAnswer {
  return {
    kind: 'content',
    identity: name,
    read: () => encoded.encode('identity'),
    encoded,
    type: 'text/javascript; charset=utf-8',
    lifetime: 'immutable',
  };
}

/** Express asks `.get()` for HEAD too. */
function refuseMethod(allow: string[]): RequestHandler {
  return (req) => {
    throw new HttpError('METHOD_NOT_ALLOWED', req.method, allow);
  };
}

/** In what the kit wrote itself: lists of fonts, and modules that pass on another. Files of packages stay as they are. */
function nameOwnAddresses(answer: ContentAnswer): ContentAnswer {
  if (answer.identity !== undefined || answer.rule !== undefined || !/^text\//.test(answer.type))
    return answer;
  const read = async () =>
    String(await answer.read())
      .replaceAll(`${moduleOrigin}/-/`, '/-/')
      .replaceAll('https://fonts.gstatic.com/', `${innerPrefix}fonts.gstatic.com/`);
  return { ...answer, read };
}

/** The kit's own path for an address of a CDN. */
function pathAt(prefix: string, address: string): string {
  const { host, pathname, search } = new URL(address);
  return `${prefix}${host}${pathname}${search}`;
}

function readQuery<T>(schema: z.ZodType<T>, text: unknown): T {
  return readJson(schema, text, 'The dependency set in ?q= is not what this relay expects.');
}

function readBody<T>(schema: z.ZodType<T>, text: unknown): T {
  return readJson(schema, text, 'The artifact in the body is not what this relay expects.');
}

function readJson<T>(schema: z.ZodType<T>, text: unknown, complaint: string): T {
  try {
    return schema.parse(JSON.parse(String(text)));
  } catch {
    throw new HttpError('BAD_REQUEST', complaint);
  }
}
