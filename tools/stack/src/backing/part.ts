import type { Child } from '../process/child.ts';

/** The backing services, in the order in which the documentation names them. */
export const partNames = ['redis', 'kafka', 'dynamodb', 'mail'] as const;
export type PartName = (typeof partNames)[number];

/** Where a part comes from: external addresses, a Docker engine, or a process of our own. */
export type Source = 'external' | 'compose' | 'native';

/** The variables that name where the backing services are, as the apps, the tests and this tool read them. */
export interface Addresses {
  REDIS_URL: string;
  JOBS_REDIS_URL: string;
  KAFKA_BROKERS: string;
  DYNAMODB_ENDPOINT: string;
  SMTP_URL: string;
  /** Unknown when only `SMTP_URL` was given. */
  MAIL_PAGE_URL?: string;
}

/** The variables of one part. */
export const variablesOf = {
  redis: ['REDIS_URL', 'JOBS_REDIS_URL'],
  kafka: ['KAFKA_BROKERS'],
  dynamodb: ['DYNAMODB_ENDPOINT'],
  mail: ['SMTP_URL', 'MAIL_PAGE_URL'],
} as const satisfies Record<PartName, readonly (keyof Addresses)[]>;

/** The ports that the parts listen on, on the loopback interface. */
export interface BackingPorts {
  redis: number;
  kafka: number;
  kafkaController: number;
  dynamodb: number;
  smtp: number;
  mailPage: number;
}

/** The addresses of what listens on `ports`. */
export function addressesOn(ports: BackingPorts): Required<Addresses> {
  return {
    REDIS_URL: `redis://127.0.0.1:${ports.redis}/0`,
    JOBS_REDIS_URL: `redis://127.0.0.1:${ports.redis}/1`,
    KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`,
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${ports.dynamodb}`,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_PAGE_URL: `http://127.0.0.1:${ports.mailPage}`,
  };
}

/** The backing services of a run: where they are, where they come from, and the processes of our own. */
export interface Backing {
  readonly addresses: Addresses;
  readonly sources: Readonly<Record<PartName, Source>>;
  readonly children: Readonly<Partial<Record<PartName, Child>>>;
  /** Freezes a part that was started here, or lets it go on: its connections stay, and nothing answers. */
  freeze(part: PartName, frozen: boolean): Promise<void>;
  /** Stops what was started, in order; what is external stays. */
  stop(): Promise<void>;
}
