import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';

const checkEveryMs = 15_000;
/** Checks in a row that find the same bytes waiting before the connection is closed. */
const maxStalledChecks = 4;
const logger = new Logger('StalledWrites');

/**
 * Closes connections whose client takes nothing of its answer for a minute.
 *
 * One periodic check of all connections: a timer for each would cost every request.
 */
export function cutStalledWrites(server: Server): void {
  const sockets = new Map<Socket, { written: number; checks: number }>();
  server.on('connection', (socket) => {
    sockets.set(socket, { written: -1, checks: 0 });
    socket.on('close', () => sockets.delete(socket));
  });
  const checking = new PeriodicTask(
    () => {
      for (const [socket, seen] of sockets) {
        const isStalled = socket.writableLength > 0 && seen.written === socket.bytesWritten;
        seen.checks = isStalled ? seen.checks + 1 : 0;
        seen.written = socket.writableLength > 0 ? socket.bytesWritten : -1;
        if (seen.checks >= maxStalledChecks) socket.destroy();
      }
    },
    {
      everyMs: checkEveryMs,
      onError: (error) => logger.error({ err: error }, 'stalled connections cannot be closed'),
    },
  );
  checking.start();
  server.on('close', () => void checking.stop());
}
