import { createKafka, readTopic } from '@registrar/messaging';
import type { System } from '@registrar/stack';
import { Redis } from 'ioredis';
import type { Admin, Kafka } from 'kafkajs';
import { request } from 'undici';

/** Where one of the words stands. */
export interface Finding {
  /** A table, a Redis key or a topic. */
  readonly place: string;
  readonly word: string;
}

type Attributes = Record<string, unknown>;

/**
 * Everything that a system keeps, read whole: every item of every table, every key of both Redis databases, every record
 * of every topic. For tests alone: no service reads a whole table.
 */
export class EveryStore {
  private readonly kafka: Kafka;

  constructor(private readonly system: System) {
    const brokers = system.addresses.KAFKA_BROKERS.split(',');
    this.kafka = createKafka({ brokers, clientId: 'e2e-every-store' });
  }

  /** Everything that has one of these words in it, whatever their case. */
  async find(words: readonly string[]): Promise<Finding[]> {
    const parts = await Promise.all([this.inTables(words), this.inRedis(words), this.inTopics(words)]);
    return parts.flat();
  }

  /** Those of the topics of one name alone, without its prefix. */
  inTopic(name: string, words: readonly string[]): Promise<Finding[]> {
    return this.inPhysicalTopic(this.system.prefixes.TOPIC_PREFIX + name, words);
  }

  /**
   * Has a topic compacted soon. Kafka does it to a part of a partition that is full or old when the next record comes: so
   * this appends one to each, which no consumer knows.
   */
  async compact(name: string): Promise<void> {
    const topic = this.system.prefixes.TOPIC_PREFIX + name;
    await this.asAdmin(async (admin) => {
      const wanted = {
        'cleanup.policy': 'compact',
        'segment.ms': '100',
        'min.cleanable.dirty.ratio': '0.001',
        'max.compaction.lag.ms': '100',
      };
      const configEntries = Object.entries(wanted).map(([key, value]) => ({ name: key, value }));
      const resources = [{ type: 2, name: topic, configEntries }];
      await admin.alterConfigs({ validateOnly: false, resources });
    });
  }

  /** Appends to each partition what makes Kafka begin a new segment. */
  async roll(name: string): Promise<void> {
    const topic = this.system.prefixes.TOPIC_PREFIX + name;
    const partitions = await this.asAdmin(async (admin) => (await admin.fetchTopicOffsets(topic)).length);
    const at = {
      specversion: '1.0',
      id: 'roll',
      source: '/e2e',
      type: 'e2e.roll',
      time: new Date().toISOString(),
    };
    const value = JSON.stringify({ ...at, subject: 'roll', data: {} });
    const producer = this.kafka.producer();
    await producer.connect();
    const messages = Array.from({ length: partitions }, (_, partition) => ({
      partition,
      key: '_roll',
      value,
    }));
    await producer.send({ topic, messages });
    await producer.disconnect();
  }

  private async inTables(words: readonly string[]): Promise<Finding[]> {
    const prefix = this.system.prefixes.TABLE_PREFIX;
    // A hundred in order of name: the system has fewer, and others have many.
    const after = { ExclusiveStartTableName: prefix };
    const { TableNames } = await this.callDynamo<{ TableNames: string[] }>('ListTables', after);
    const own = TableNames.filter((name) => name.startsWith(prefix));
    if (own.length === 0) throw new Error('The system has no tables.');
    const found = await Promise.all(own.map((name) => this.inTable(name, words)));
    return found.flat();
  }

  private async inTable(TableName: string, words: readonly string[]): Promise<Finding[]> {
    const found: Finding[] = [];
    let ExclusiveStartKey: unknown;
    do {
      const page = await this.callDynamo<{ Items: Attributes[]; LastEvaluatedKey?: unknown }>('Scan', {
        TableName,
        ExclusiveStartKey,
      });
      found.push(...page.Items.flatMap((item) => wordsIn(TableName, JSON.stringify(item), words)));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found;
  }

  private async callDynamo<T>(operation: string, input: object): Promise<T> {
    const answer = await request(this.system.addresses.DYNAMODB_ENDPOINT, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
    });
    if (answer.statusCode !== 200) throw new Error(`${operation}: ${await answer.body.text()}`);
    return (await answer.body.json()) as T;
  }

  private async inRedis(words: readonly string[]): Promise<Finding[]> {
    const { REDIS_URL, JOBS_REDIS_URL } = this.system.addresses;
    const found: Finding[] = [];
    for (const url of new Set([REDIS_URL, JOBS_REDIS_URL])) {
      const redis = new Redis(url);
      for await (const keys of redis.scanStream({ count: 1_000 }) as AsyncIterable<string[]>) {
        for (const key of keys) found.push(...wordsIn(key, `${key} ${await valueOf(redis, key)}`, words));
      }
      redis.disconnect();
    }
    return found;
  }

  private async inTopics(words: readonly string[]): Promise<Finding[]> {
    const names = await this.asAdmin((admin) => admin.listTopics());
    const own = names.filter((name) => name.startsWith(this.system.prefixes.TOPIC_PREFIX));
    if (own.length === 0) throw new Error('The system has no topics.');
    const found = await Promise.all(own.map((name) => this.inPhysicalTopic(name, words)));
    return found.flat();
  }

  private async inPhysicalTopic(topic: string, words: readonly string[]): Promise<Finding[]> {
    const found: Finding[] = [];
    await readTopic(this.kafka, topic, ({ key, value, headers }) => {
      const text = [key, value, ...Object.values(headers)].map(String).join(' ');
      found.push(...wordsIn(topic, text, words));
      return Promise.resolve();
    });
    return found;
  }

  private async asAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
}

function wordsIn(place: string, text: string, words: readonly string[]): Finding[] {
  const folded = text.toLowerCase();
  return words.filter((word) => folded.includes(word.toLowerCase())).map((word) => ({ place, word }));
}

async function valueOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'string':
      return (await redis.getBuffer(key))?.toString('latin1') ?? '';
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, 0, '-1'));
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    default:
      return '';
  }
}
