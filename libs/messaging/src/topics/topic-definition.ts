/** A topic as a contract declares it. */
export interface TopicDefinition {
  /** Logical name, such as `courses.course.v1`. */
  readonly name: string;
  readonly partitions: number;
  /** How long events are kept, in milliseconds; `unlimited`: for good, of a compacted topic the last one of each key. */
  readonly retention: number | 'unlimited';
  /** `compact`: what a later event of the same key replaces is gone within seven days. Default `delete`. */
  readonly cleanup?: 'delete' | 'compact';
  /** Whether its events can hold personal data: then its dead letters hold id and fault, and no body. Default false. */
  readonly personal?: boolean;
}

/** Where the events that a consumer could not work on are kept. */
export function deadLetterTopicOf(topic: string): string {
  return `${topic}.dlq`;
}

/** How long dead letters of every topic are kept. */
export const deadLetterRetentionMs = 14 * 86_400_000;

/**
 * Key of the records that are appended to compacted topics so that their segments roll. They say nothing: every
 * reader passes them over.
 */
export const rollKey = '_roll';

/** Whether a record is one of those. */
export function isRoll(key: Buffer | string | null | undefined): boolean {
  return key?.toString() === rollKey;
}
