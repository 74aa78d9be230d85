import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { addressGroup } from '../../http/address-group.rules.ts';
import type { ClientOrigin } from '../admission/client-origin.ts';
import { FairPlaces } from '../admission/fair-places.ts';

/**
 * Bounds the open connections of `server`, and shares them fairly by address: when all are taken, the oldest one of
 * the address that has most is closed for another. Behind trusted proxies, whose connections carry everybody, they
 * are bounded alone; whom a proxy lets in is the proxy's to say.
 */
export function shareConnections(server: Server, origin: ClientOrigin, most: number): void {
  if (origin.looksBehindProxies) {
    server.maxConnections = most;
    return;
  }
  const places = new FairPlaces(most);
  server.prependListener('connection', (socket: Socket) => {
    const leave = places.enter(addressGroup(socket.remoteAddress ?? 'unknown'), () => socket.destroy());
    if (typeof leave === 'string') socket.destroy();
    else socket.once('close', leave);
  });
}
