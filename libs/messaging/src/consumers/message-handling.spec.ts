import { Logger } from '@nestjs/common';
import type { EachBatchPayload, TopicMessages } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import type { BatchProducer } from '../kafka/event-producer.ts';
import { seatEvent, seatTaken, seatTopic } from '../testing/test-system.ts';
import { BatchRunner } from './batch-runner.ts';
import { EventHandlers } from './event-handlers.ts';
import { MessageHandling } from './message-handling.ts';
import { maxFailures } from './retry.rules.ts';
import { RetryLater } from './retry-later.ts';

Logger.overrideLogger(false);

type Try = 'fails' | 'is without its store' | 'works';

/** A partition with one event whose tries end as `handlers` say; each goes on with its last one. */
function setUp(...handlers: Try[][]) {
  const letters: TopicMessages[] = [];
  const attempts: number[] = [];
  const lost: { letter: number } = { letter: 0 };
  const deadLetters: BatchProducer = {
    state: 'up',
    close: () => Promise.resolve(),
    sendBatch: (batch) => {
      if (lost.letter-- > 0) return Promise.reject(new Error('Kafka is away'));
      letters.push(...batch);
      return Promise.resolve();
    },
  };
  const registered = new EventHandlers();
  for (const tries of handlers) {
    let made = 0;
    registered.addHandler(
      seatTaken.type,
      (_event, context) => {
        const now = tries[Math.min(made, tries.length - 1)];
        made += 1;
        attempts.push(context.attempt);
        if (now === 'fails') return Promise.reject(new Error('broken'));
        return now === 'works' ? Promise.resolve() : Promise.reject(new RetryLater('the store is away'));
      },
      { definitions: [seatTaken], options: {} } as never,
    );
  }
  const handling = new MessageHandling(registered, { service: 'svc', groupId: 'svc', deadLetters });
  const settings = { topicPrefix: '', group: 'svc', moved: () => (passed = true) };
  const runner = new BatchRunner(registered, handling, settings);
  let passed = false;
  const message = {
    offset: '7',
    key: Buffer.from('a'),
    value: Buffer.from(JSON.stringify(seatEvent('a', 1))),
  };
  const batch = { topic: seatTopic.name, partition: 0, highWatermark: '8', messages: [message] };
  const payload = {
    batch,
    heartbeat: () => Promise.resolve(),
    isRunning: () => true,
    isStale: () => false,
    pause: () => () => undefined,
    resolveOffset: () => undefined,
  } as unknown as EachBatchPayload;
  /** Gives the event to the runner until it is settled, at most `most` times. */
  const run = async (most = 30) => {
    for (let tried = 0; tried < most && !passed; tried += 1) await runner.runBatch(payload);
    return { passed, letters: letters.length, attempts };
  };
  return { run, letters, lost };
}

const times = (count: number, each: Try): Try[] => Array.from({ length: count }, () => each);
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('an event', () => {
  it('is not dead-lettered for its first failure after a long outage', async () => {
    const { run } = setUp([...times(10, 'is without its store'), 'fails', 'works']);
    expect(await run()).toEqual({ passed: true, letters: 0, attempts: upTo(12) });
  });

  it('is dead-lettered for its own failures, however many outages lie between them', async () => {
    const mixed = times(maxFailures, 'fails').flatMap((each): Try[] => ['is without its store', each]);
    const { run, letters } = setUp(mixed);
    expect(await run()).toEqual({ passed: true, letters: 1, attempts: upTo(2 * maxFailures) });
    expect(letters[0]?.messages[0]?.headers).toMatchObject({ 'dead-letter-error': 'Error: broken' });
  });

  it('is never dead-lettered for outages alone', async () => {
    const { run } = setUp(['is without its store']);
    expect(await run()).toMatchObject({ passed: false, letters: 0 });
  });

  it('waits while one of its handlers is without its store, though another one fails', async () => {
    const { run } = setUp(['fails'], [...times(8, 'is without its store'), 'works']);
    expect(await run(8)).toMatchObject({ passed: false, letters: 0 });
    expect(await run()).toMatchObject({ passed: true, letters: 1 });
  });

  it('whose dead letter is refused is tried again, and given up with its next failure', async () => {
    const { run, lost } = setUp(['fails']);
    lost.letter = 2;
    expect(await run()).toEqual({ passed: true, letters: 1, attempts: upTo(maxFailures + 2) });
  });
});
