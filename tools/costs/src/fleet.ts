import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const count = z.int().min(0);
const amount = z.number().min(0);

/** Kafka as it is paid for. */
const kafka = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('provisioned'), brokers: count, gbPerBroker: amount }),
  z.strictObject({ kind: z.literal('serverless'), partitions: count }),
]);

/** How many there are of what is paid for by the hour or the month, whether used or not. */
export const fleet = z.strictObject({
  tasks: z.array(z.strictObject({ service: z.string(), count, vcpu: amount, gb: amount })),
  kafka,
  /** Nodes of cache.t3.micro, over all Redis. */
  cacheNodes: count,
  natGateways: count,
  loadBalancers: count,
  /** Of the CDN; what goes out passes it where there is one. */
  distributions: count,
  /** Public IPv4 addresses. */
  addresses: count,
  /** DynamoDB capacity that is paid for whether used or not; 0 where all tables are on demand. */
  provisionedReadUnits: count,
  provisionedWriteUnits: count,
  secrets: count,
  keys: count,
  alarms: count,
  dashboards: count,
});

/** Kafka, serverless or with brokers of its own. */
export type Kafka = z.infer<typeof kafka>;

/** How many there are of what is paid for. */
export type Fleet = z.infer<typeof fleet>;

const architecture = z.strictObject({ smallest: fleet, production: fleet });

/** What the deployments of `tools/aws` consist of. */
export type Architecture = z.infer<typeof architecture>;

/** Where `architecture.json` is: written by `npm run cost -- --write` from what CDK synthesises. */
export const architectureFile: string = join(
  dirname(dirname(fileURLToPath(import.meta.url))),
  'architecture.json',
);

/** Reads what the deployments consist of; a test of `tools/aws` holds the file to what is synthesised. */
export function readArchitecture(): Architecture {
  return architecture.parse(JSON.parse(readFileSync(architectureFile, 'utf8')));
}
