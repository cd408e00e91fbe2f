// The Helm chart: its templates through Go's template engine with Sprig, as Helm renders them, its values through their schema, and
// the objects against Kubernetes' own API description. Helm itself and a cluster are not to be had here.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ensurePackages } from '../rig/debian-packages.ts';

const chart = resolve(import.meta.dirname, '../../charts/librechat-preview-kit');
const rig = resolve(import.meta.dirname, 'rig/chart');

type Values = Record<string, unknown>;
interface KubernetesObject {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: objects of a dozen kinds, read field by field
  spec: any;
}

const required: Values = {
  image: { repository: 'registry.example.com/preview-kit-relay' },
  hostname: 'preview.example.com',
  embedOrigins: ['https://librechat.example.com'],
  certificate: { issuer: { name: 'letsencrypt' } },
  secrets: { database: 'kit-database' },
};

const oneReplica: Values = { autoscaling: { enabled: false }, replicas: 1 };

let folder: string;
let defaults: Values;

beforeAll(async () => {
  await ensurePackages([
    ...['golang-go', 'golang-github-masterminds-sprig-dev', 'golang-gopkg-yaml.v2-dev', 'python3-kubernetes'],
  ]);
  folder = await mkdtemp(join(tmpdir(), 'chart-'));
  const go = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: join(folder, 'cache'), GOFLAGS: '' };
  const built = spawnSync('go', ['build', '-o', join(folder, 'render'), join(rig, 'render.go')], {
    env: { ...process.env, ...go },
    encoding: 'utf8',
  });
  expect(built.stderr).toBe('');
  defaults = parse(await readFile(join(chart, 'values.yaml'), 'utf8'));
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Helm merges objects and replaces everything else. */
function merge(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over === undefined ? base : over;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, merge(base[key], over[key])]));
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function render(values: Values): Promise<{ error: string; files: Record<string, string> }> {
  const input = {
    folder: chart,
    release: 'previews',
    namespace: 'chat',
    values: merge(defaults, values),
    chart: upperNames(parse(await readFile(join(chart, 'Chart.yaml'), 'utf8'))),
  };
  const { status, stdout, stderr } = spawnSync(join(folder, 'render'), {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  return { error: stderr, files: status === 0 ? JSON.parse(stdout) : {} };
}

/** `.Chart.AppVersion` of `appVersion`. */
function upperNames(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}

async function objects(values: Values): Promise<KubernetesObject[]> {
  const { error, files } = await render(values);
  expect(error).toBe('');
  return Object.entries(files)
    .filter(([name]) => name.endsWith('.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS()))
    .filter(Boolean);
}

const kindsOf = (list: KubernetesObject[]): string[] => list.map(({ kind }) => kind).sort();
const find = (list: KubernetesObject[], kind: string): KubernetesObject =>
  list.find((item) => item.kind === kind) as KubernetesObject;

async function schemaFaults(values: Values): Promise<string[]> {
  const schema = z.fromJSONSchema(JSON.parse(await readFile(join(chart, 'values.schema.json'), 'utf8')));
  const { error } = schema.safeParse(merge(defaults, values));
  return error?.issues.map(({ path }) => path.join('.')) ?? [];
}

it.each<[string, Values]>([
  ['what is required', {}],
  [
    'everything',
    {
      imagePullSecrets: [{ name: 'registry' }],
      settings: { EGRESS: 'none', LOG_LEVEL: 'warn' },
      secrets: { npmrc: 'npm', ca: 'company', database: 'kit-database' },
      store: { storageClass: 'nfs', keep: false },
      ingress: { annotations: { 'example.com/a': 'true' } },
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'chat', operator: 'Exists' }],
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } },
      },
      podAnnotations: { 'example.com/b': 'c' },
    },
  ],
  [
    'one replica',
    {
      ...oneReplica,
      secrets: { database: '' },
      store: { accessMode: 'ReadWriteOnce' },
      disruptionBudget: { enabled: false },
      networkPolicy: { enabled: false },
      certificate: { enabled: false },
      ingress: { tlsSecret: 'wildcard' },
    },
  ],
])('with %s, the values fit their schema, and Kubernetes knows every field', async (_, values) => {
  const chosen = merge(required, values) as Values;
  expect(await schemaFaults(chosen)).toEqual([]);
  const { stdout, stderr } = spawnSync('/usr/bin/python3', [join(rig, 'validate.py')], {
    input: JSON.stringify(await objects(chosen)),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toBe('');
});

it('makes what it says, and no more', async () => {
  const list = await objects(required);
  expect(kindsOf(list)).toEqual([
    'Certificate',
    'Deployment',
    'HorizontalPodAutoscaler',
    'Ingress',
    'NetworkPolicy',
    'PersistentVolumeClaim',
    'PodDisruptionBudget',
    'Service',
  ]);
  const names = ['preview.example.com', '*.example.com'];
  expect(find(list, 'Certificate').spec.dnsNames).toEqual(names);
  expect(find(list, 'Ingress').spec.rules.map(({ host }: { host: string }) => host)).toEqual(names);
  expect(find(list, 'Ingress').spec.tls[0].secretName).toBe(find(list, 'Certificate').spec.secretName);
  const { spec } = find(list, 'Deployment').spec.template;
  expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 });
  expect(spec.containers[0].securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(spec.containers[0].image).toBe('registry.example.com/preview-kit-relay:0.1.0');
  expect(find(list, 'Deployment').spec.replicas).toBeUndefined();
  const { files } = await render(required);
  expect(files['NOTES.txt']).toContain('SANDPACK_BUNDLER_URL=https://preview.example.com');
});

it('keeps the store when the release goes, and takes the database’s address from a Secret', async () => {
  const list = await objects(required);
  expect(find(list, 'PersistentVolumeClaim').metadata.annotations).toEqual({
    'helm.sh/resource-policy': 'keep',
  });
  const { strategy, template } = find(list, 'Deployment').spec;
  const [{ env, volumeMounts }] = template.spec.containers;
  expect(env).toContainEqual({
    name: 'DATABASE_URL',
    valueFrom: { secretKeyRef: { name: 'kit-database', key: 'DATABASE_URL' } },
  });
  expect(volumeMounts).toContainEqual({ name: 'store', mountPath: '/data' });
  expect(strategy.type).toBe('RollingUpdate');
});

it('lets no two pods at SQLite, not even during an upgrade', async () => {
  const { spec } = find(
    await objects(merge(required, { ...oneReplica, secrets: { database: '' } }) as Values),
    'Deployment',
  );
  expect([spec.replicas, spec.strategy.type]).toEqual([1, 'Recreate']);
  const off = merge(required, { secrets: { database: '' }, settings: { SHARES: 'off' } }) as Values;
  expect(find(await objects(off), 'Deployment').spec.strategy.type).toBe('RollingUpdate');
});

it.each<[Values, string]>([
  [{ secrets: { database: '' } }, 'set secrets.database to a Secret with the key DATABASE_URL'],
  [
    { secrets: { database: '' }, autoscaling: { enabled: false } },
    'kept in SQLite, which serves one replica',
  ],
  [{ store: { accessMode: 'ReadWriteOnce' } }, 'ReadWriteOnce serves one replica'],
  [{ certificate: { issuer: { name: '' } } }, 'certificate.issuer.name is empty'],
  [{ certificate: { enabled: false } }, 'ingress.tlsSecret is empty'],
])('%j is refused with the remedy', async (values, message) => {
  expect((await render(merge(required, values) as Values)).error).toContain(message);
});

it.each<[Values, string]>([
  [{ hostname: '' }, 'hostname'],
  [{ hostname: 'preview.localhost' }, 'hostname'],
  [{ hostname: '*.example.com' }, 'hostname'],
  [{ embedOrigins: [] }, 'embedOrigins'],
  [{ embedOrigins: ['https://librechat.example.com/'] }, 'embedOrigins.0'],
  [{ image: { repository: '' } }, 'image.repository'],
  [{ settings: { EGRESS: 1 } }, 'settings.EGRESS'],
  [{ replica: 2 }, ''],
])('%j does not fit the schema', async (values, path) => {
  expect(await schemaFaults(merge(required, values) as Values)).toContain(path);
});
