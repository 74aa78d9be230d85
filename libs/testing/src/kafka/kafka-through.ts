import type { ISocketFactory } from 'kafkajs';
import { connect } from 'node:net';

/**
 * Makes every connection to Kafka go to `port` on loopback, where a `TcpChaosProxy` stands: brokers name their
 * own address to clients, so a proxy at the first address alone would be passed by.
 */
export function socketsThrough(port: number): ISocketFactory {
  return ({ onConnect }) => {
    const socket = connect(port, '127.0.0.1', onConnect);
    socket.setNoDelay(true);
    return socket;
  };
}
