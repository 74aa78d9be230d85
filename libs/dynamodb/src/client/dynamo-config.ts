/** Where the store is, and the limits of its client. Only `region` and `tablePrefix` have no default. */
export interface DynamoConfig {
  /** Address of DynamoDB Local or of a proxy before it; left out for AWS. */
  endpoint?: string | undefined;
  region: string;
  /** Put before every physical table name, for example `registrar_`. */
  tablePrefix: string;
  /** Tries of one call at most, the first included; 5. */
  maxAttempts?: number;
  /** How long one call may take with all its retries; 4,000 ms. No new try starts after it. */
  deadlineMs?: number;
  /** How long connecting may take; 500 ms. */
  connectionTimeoutMs?: number;
  /** How long one try may take; 2,000 ms. */
  requestTimeoutMs?: number;
  /** Open connections at most; 50. */
  maxSockets?: number;
}

/** The figures that `DynamoConfig` leaves open. */
export const defaultLimits = {
  maxAttempts: 5,
  deadlineMs: 4_000,
  connectionTimeoutMs: 500,
  requestTimeoutMs: 2_000,
  maxSockets: 50,
} as const;
