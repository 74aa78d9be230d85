/** What is wrong with a value of an input, as `errors[].code` of a 422 says it. */
export const faultCodes = [
  /** It has to be there. */
  'required',
  /** The API does not have it. */
  'unknown_field',
  /** Text where a number belongs, and the like. */
  'invalid_type',
  /** It is not written as it has to be, such as a time or a mail address. */
  'invalid_format',
  /** It is none of the values that are taken, or names what there is not. */
  'invalid_value',
  /** `params`: `min`, the least number of characters or items. */
  'too_short',
  /** `params`: `max`, the largest number of characters or items. */
  'too_long',
  /** `params`: `min`. */
  'too_small',
  /** `params`: `max`. */
  'too_big',
  /** `params`: `step`, which it has to be a multiple of. */
  'not_multiple_of',
  /** One time lies before another that it has to follow. */
  'wrong_order',
  /** There is no such thing as this id names. */
  'not_found',
  /** It contradicts another field. */
  'inconsistent',
  /** A password that many use. */
  'too_common',
] as const;

/** What is wrong with a value. */
export type FaultCode = (typeof faultCodes)[number];

/** One fault of an invalid input. */
export interface Fault {
  /** Where it is, such as `meetings.0.start`; empty for the whole. */
  readonly path: string;
  readonly code: FaultCode;
  /** For people, in English. */
  readonly message: string;
  /** The values that the message says, where a client needs them to say it in another language. */
  readonly params?: Readonly<Record<string, number>>;
}

/** Problem details (RFC 9457) as every refusal has them. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly traceId: string;
  /** The values that `detail` says, for other languages. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly Fault[];
  readonly conflicts?: readonly string[];
}
