import { connect } from 'node:net';
import { once } from 'node:events';

/** What came back on a raw socket until the server closed it, or fell silent. */
export interface RawAnswer {
  text: string;
  /** Status lines in it, in order. */
  statuses: number[];
  /** Whether the server closed the connection. */
  closed: boolean;
}

/** Sends `bytes` as they are, and gives the answer until the connection closes or is silent for `quietMs`. */
export async function rawHttp(port: number, bytes: string | Buffer, idleMs = 300): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return new Promise((resolve) => {
    let text = '';
    const finish = (closed: boolean) => {
      socket.destroy();
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
      resolve({ text, statuses, closed });
    };
    socket.setTimeout(idleMs, () => finish(false));
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => finish(true));
    socket.on('close', () => finish(true));
    socket.write(bytes);
  });
}
