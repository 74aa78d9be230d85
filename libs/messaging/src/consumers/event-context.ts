import { BaseRpcContext } from '@nestjs/microservices';
import type { IHeaders } from 'kafkajs';

/** Where an event comes from. */
interface EventPlace {
  /** Logical topic. */
  topic: string;
  partition: number;
  offset: string;
  /** Kafka key; empty where there is none. */
  key: string;
  headers: IHeaders;
  /** Number of this try, from 1. */
  attempt: number;
  /** Tells the group that the handler is alive; the wrapper does so by itself every second. */
  heartbeat: () => Promise<void>;
}

/** Second argument of every event handler. */
export class EventContext extends BaseRpcContext<[EventPlace]> implements EventPlace {
  constructor(place: EventPlace) {
    super([place]);
  }

  get topic(): string {
    return this.args[0].topic;
  }

  get partition(): number {
    return this.args[0].partition;
  }

  get offset(): string {
    return this.args[0].offset;
  }

  get key(): string {
    return this.args[0].key;
  }

  get headers(): IHeaders {
    return this.args[0].headers;
  }

  get attempt(): number {
    return this.args[0].attempt;
  }

  heartbeat = (): Promise<void> => this.args[0].heartbeat();
}
