/** Where the store is and how patient its client is. Only `region` and `tablePrefix` have no default. */
export interface DynamoConfig {
  /** Address of DynamoDB Local or of a proxy before it; left out for AWS. */
  endpoint?: string | undefined;
  region: string;
  /** Put before every physical table name, for example `registrar_`. */
  tablePrefix: string;
  /** How often one call is tried at most, the first time included; 5. */
  attempts?: number;
  /** How long one call may take with all its retries; 4,000 ms. No new try starts after it. */
  budgetMs?: number;
  /** How long connecting may take; 500 ms. */
  connectionTimeoutMs?: number;
  /** How long one try may take; 2,000 ms. */
  requestTimeoutMs?: number;
  /** Open connections at most; 50. */
  maxSockets?: number;
}

/** The figures that `DynamoConfig` leaves open. */
export const patience = {
  attempts: 5,
  budgetMs: 4_000,
  connectionTimeoutMs: 500,
  requestTimeoutMs: 2_000,
  maxSockets: 50,
} as const;
