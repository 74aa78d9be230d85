import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const stackFile = z.looseObject({
  kafka: z.looseObject({ brokers: z.union([z.string(), z.array(z.string())]) }),
  dynamodb: z.looseObject({ url: z.string() }).optional(),
});

/** Where the system is that a command is meant for. */
export interface Addresses {
  brokers: string[];
  topicPrefix: string;
  /** Variables for a service's own code. */
  environment: NodeJS.ProcessEnv;
}

/**
 * From the environment (`KAFKA_BROKERS`, `TOPIC_PREFIX`), or else the local stack that is running.
 *
 * @param workspace the folder of the workspace
 */
export function findAddresses(workspace: string, environment: NodeJS.ProcessEnv): Addresses {
  const topicPrefix = environment['TOPIC_PREFIX'] ?? '';
  const listed = environment['KAFKA_BROKERS'];
  if (listed) return { brokers: listed.split(','), topicPrefix, environment };
  const { kafka, dynamodb } = readStackFile(join(workspace, '.local', 'stack.json'));
  const brokers = [kafka.brokers].flat().flatMap((each) => each.split(','));
  const local = dynamodb && { DYNAMODB_ENDPOINT: dynamodb.url };
  return {
    brokers,
    topicPrefix,
    environment: { ...local, ...environment, KAFKA_BROKERS: brokers.join(',') },
  };
}

function readStackFile(path: string): z.infer<typeof stackFile> {
  try {
    return stackFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error('no system to speak to: set KAFKA_BROKERS, or start the local stack', { cause: error });
  }
}
