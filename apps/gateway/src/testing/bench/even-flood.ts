import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** What is sent: the same request, evenly over time. */
export interface EvenFlood {
  host: string;
  port: number;
  seconds: number;
  connections: number;
  /** Requests a second. */
  rate: number;
  /** Head and body of the request as they go over the wire. */
  request: string;
}

// Run as a process of its own, with an EvenFlood as JSON; prints how many answers began with which digit.
// Not autocannon: at a given rate that sends on all its connections in the same moment, so that a hundred requests
// arrive at once, and what is measured beside it is the wait for the ninety-nine before.
const flood = JSON.parse(process.argv[2] ?? '{}') as EvenFlood;
const statuses: Record<string, number> = {};
const free: Socket[] = [];

function opened(): Promise<unknown> {
  const socket = connect(flood.port, flood.host);
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    for (const [, digit = ''] of chunk.toString('latin1').matchAll(/HTTP\/1\.1 (\d)/g)) {
      statuses[`${digit}xx`] = (statuses[`${digit}xx`] ?? 0) + 1;
      free.push(socket);
    }
  });
  const connected = once(socket, 'connect');
  void connected.then(() => free.push(socket));
  return connected;
}

await Promise.all(Array.from({ length: flood.connections }, opened));
const beginMs = performance.now();
let sent = 0;
const timer = setInterval(() => {
  const elapsedMs = performance.now() - beginMs;
  if (elapsedMs > flood.seconds * 1_000) {
    clearInterval(timer);
    process.stdout.write(JSON.stringify({ perSecond: sent / flood.seconds, statuses }));
    process.exit();
  }
  for (let due = (elapsedMs * flood.rate) / 1_000; sent < due; sent += 1) {
    const socket = free.shift();
    if (!socket) return;
    if (socket.writable) socket.write(flood.request);
  }
}, 1);
