/** A topic as a contract declares it. */
export interface TopicDefinition {
  /** Logical name, such as `courses.course.v1`. */
  readonly name: string;
  readonly partitions: number;
  /** How long events are kept, in milliseconds; entity topics keep everything. */
  readonly retention: number | 'unlimited';
}

/** Where the events that a consumer could not work on are kept. */
export function deadLetterTopicOf(topic: string): string {
  return `${topic}.dlq`;
}
