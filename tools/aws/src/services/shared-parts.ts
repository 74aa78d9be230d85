import type { RedisStack } from '../data/redis.stack.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { KafkaStack } from '../messaging/kafka.stack.ts';
import type { EdgeStack } from '../network/edge.stack.ts';
import type { NetworkStack } from '../network/network.stack.ts';
import type { SecretsStack } from '../secrets/secrets.stack.ts';

/** The stacks that every service depends on. */
export interface SharedParts {
  readonly deployment: Deployment;
  readonly network: NetworkStack;
  readonly edge: EdgeStack;
  readonly redis: RedisStack;
  readonly kafka: KafkaStack;
  readonly secrets: SecretsStack;
}
