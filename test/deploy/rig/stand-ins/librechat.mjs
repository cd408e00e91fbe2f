// Stands in for LibreChat: `/health` on 3080 once the database answers with the credentials of MONGO_URI. `/notes/<name>` are
// documents in the database, `/uploads/<name>` files in the folder of uploads; PUT writes, GET reads.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const { MONGO_URI = '', MEILI_MASTER_KEY, SANDPACK_BUNDLER_URL, PORT } = process.env;
const { username, password, host } = new URL(MONGO_URI);
const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
const database = (path, init = {}) => fetch(`http://${host}${path}`, { ...init, headers: { authorization } });

async function answer(request) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname === '/health') {
    const { status } = await database('/notes/health');
    return [status === 401 || !MEILI_MASTER_KEY ? 503 : 200, 'OK'];
  }
  if (pathname === '/api/config') return [200, JSON.stringify({ bundlerURL: SANDPACK_BUNDLER_URL })];
  const body = request.method === 'PUT' ? Buffer.concat(await Array.fromAsync(request)) : undefined;
  if (pathname.startsWith('/notes/')) {
    const response = await database(pathname, { method: request.method, ...(body ? { body } : {}) });
    return [response.status, await response.text()];
  }
  if (pathname.startsWith('/uploads/')) {
    await mkdir('/app/uploads', { recursive: true });
    const file = `/app/uploads/${pathname.slice('/uploads/'.length)}`;
    if (body) await writeFile(file, body);
    return [200, await readFile(file)];
  }
  return [404, 'Not found'];
}

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch((error) => [503, String(error)]);
  response.writeHead(status).end(body);
});
server.listen(Number(PORT), '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));
