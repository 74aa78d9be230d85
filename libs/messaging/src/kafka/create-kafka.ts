import { Logger } from '@nestjs/common';
import type { ServiceConfig } from '@registrar/service';
import { Kafka, logLevel, type ISocketFactory, type KafkaConfig, type LogEntry } from 'kafkajs';
import { iamToken } from './iam-token.ts';
import { restWhenIdle } from './idle-requests.ts';

restWhenIdle();

/** How the brokers are spoken to. */
export interface KafkaSecurity {
  /** Default `plaintext`. */
  KAFKA_SECURITY?: ServiceConfig['KAFKA_SECURITY'];
  /** Of the brokers; needed for `iam`. */
  AWS_REGION?: string;
}

/** How to reach Kafka. */
interface KafkaOptions {
  brokers: string[];
  /** Shown in the broker's logs and metrics. */
  clientId: string;
  security?: KafkaSecurity | undefined;
  /** How long one request may take; 5,000 ms. */
  requestTimeoutMs?: number;
  /** Makes the connections, where they take another way than straight to the broker. */
  socketFactory?: ISocketFactory | undefined;
}

/**
 * A kafkajs client with short time limits and few retries of its own: what retries after that (relay, consumers)
 * retries without end and says so in health, instead of hanging in a call.
 */
export function createKafka(options: KafkaOptions): Kafka {
  const config: KafkaConfig = {
    brokers: options.brokers,
    clientId: options.clientId,
    connectionTimeout: 1_000,
    requestTimeout: options.requestTimeoutMs ?? 5_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    ...securityOf(options.security ?? {}),
    ...(options.socketFactory && { socketFactory: options.socketFactory }),
    logLevel: logLevel.WARN,
    logCreator: () => log,
  };
  return new Kafka(config);
}

/** The security options of kafkajs. None for plain text. */
export function securityOf({
  KAFKA_SECURITY = 'plaintext',
  AWS_REGION = 'us-east-1',
}: KafkaSecurity): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  if (KAFKA_SECURITY === 'plaintext') return {};
  if (KAFKA_SECURITY === 'tls') return { ssl: true };
  return {
    ssl: true,
    sasl: { mechanism: 'oauthbearer', oauthBearerProvider: () => iamToken(AWS_REGION) },
  };
}

const logger = new Logger('kafkajs');

function log({ level, log: { message, ...details }, namespace }: LogEntry): void {
  // Its errors are retried and counted here, so they are warnings; errors of ours are logged where they end.
  const fields = { namespace, error: String(details['error'] ?? '') };
  if (level <= logLevel.WARN) logger.warn(fields, message);
  else logger.debug(fields, message);
}
