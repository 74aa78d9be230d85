/** A whole answer of a service: its bytes as they came. */
export interface UpstreamAnswer {
  status: number;
  /** Names in small letters. */
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** What is asked of a service. */
export interface UpstreamRequest {
  method: string;
  /** Path and query. */
  target: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
  timeLimitMs: number;
}
