/** The versions of the backing services. The Maven project, package.json and docker-compose.yml name the same. */
export const pins = {
  /** The minor version: a redis-server on the PATH may be any, the jar brings its own patch. */
  redis: '6.2',
  kafka: '4.1.0',
  dynamodbLocal: '3.1.0',
  embeddedRedis: '1.4.3',
  maildev: '3.0.0',
} as const;

/** The oldest Java that Kafka and DynamoDB Local run on. */
export const oldestJava = 17;
