import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import { messageOf } from '../stack-fault.ts';
import type { PartName } from './part.ts';

/** Resolves when the part at the address answers in its own protocol; rejects with the reason when not. */
type Probe = (address: string) => Promise<void>;

const timeoutMs = 3_000;

const redis: Probe = async (url) => {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: unknown;
  client.on('error', (error) => (reason = error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
};

const kafka: Probe = async (brokers) => {
  const admin = new Kafka({
    clientId: 'registrar-stack',
    brokers: brokers.split(',').map((broker) => broker.trim()),
    connectionTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  }).admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } finally {
    await admin.disconnect();
  }
};

const http: Probe = async (endpoint) => {
  const response = await fetch(endpoint, { signal: AbortSignal.timeout(timeoutMs) });
  await response.arrayBuffer();
};

const mail: Probe = (url) => {
  const { hostname, port, protocol } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) || (protocol === 'smtps:' ? 465 : 25) });
  return new Promise<void>((resolve, reject) => {
    socket.setTimeout(timeoutMs, () => reject(new Error('no greeting in time')));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
    if (protocol === 'smtps:') socket.once('connect', () => resolve());
    socket.once('data', (bytes) =>
      bytes.toString('latin1').startsWith('220') ? resolve() : reject(new Error('this is no mail server')),
    );
  }).finally(() => socket.destroy());
};

const probes: Record<PartName | 'mailPage', Probe> = { redis, kafka, dynamodb: http, mail, mailPage: http };

/** Why the part at that address does not answer, or undefined when it does. */
export async function faultOf(part: PartName | 'mailPage', address: string): Promise<string | undefined> {
  try {
    await probes[part](address);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
