// PostgreSQL instead of SQLite: the same cases of the state, hosts, shares and API as in the unit tests, against a real server.
import { afterAll, beforeAll, describe } from 'vitest';
import { useDatabases } from '../rig/test-database.ts';
import { type PostgresServer, startPostgres } from './rig/postgres.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
  useDatabases(() => server.createDatabase());
});
afterAll(async () => {
  useDatabases(undefined);
  await server?.remove();
});

describe('state', () => import('../../relay/state/state.test.ts').then(done));
describe('transactions', () => import('../../relay/state/write-alone.test.ts').then(done));
describe('hosts', () => import('../../relay/hosts/host-registry.test.ts').then(done));
describe('access', () => import('../../relay/hosts/host-access.test.ts').then(done));
describe('versions', () => import('../../relay/shares/share-versions.test.ts').then(done));
describe('service', () => import('../../relay/shares/share-service.test.ts').then(done));
describe('pages', () => import('../../relay/surfaces/shares.test.ts').then(done));
describe('API', () => import('../../relay/api/shares-api.test.ts').then(done));
describe('CodeSandbox', () => import('../../relay/api/codesandbox-api.test.ts').then(done));

function done(): void {}
