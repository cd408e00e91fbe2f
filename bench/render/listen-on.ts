// A free port on loopback.
import type { AddressInfo, Server } from 'node:net';

/** @returns the port */
export async function listenOn(server: Pick<Server, 'listen' | 'address' | 'once'>): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
