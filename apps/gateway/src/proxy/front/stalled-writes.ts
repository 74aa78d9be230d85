import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const lookEveryMs = 15_000;
/** Looks in a row at which nothing of a waiting answer was taken. */
const patience = 4;

/**
 * Closes connections whose client does not take its answer: for a minute something waits to be sent, and nothing
 * more could be. Looked at from time to time, as a timer for every connection would cost every request.
 */
export function cutStalledWrites(server: Server): void {
  const stalled = new Map<Socket, { written: number; looks: number }>();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      stalled.delete(socket);
    });
  });
  const timer = setInterval(() => {
    for (const socket of sockets) {
      if (socket.writableLength === 0) {
        stalled.delete(socket);
        continue;
      }
      const before = stalled.get(socket);
      const looks = before?.written === socket.bytesWritten ? before.looks + 1 : 0;
      if (looks >= patience) socket.destroy();
      else stalled.set(socket, { written: socket.bytesWritten, looks });
    }
  }, lookEveryMs).unref();
  server.on('close', () => clearInterval(timer));
}
