/** Where the cache logs for operators; pino's logger fits. */
export interface CacheLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** Says nothing. */
export const silentLog: CacheLog = { info: () => undefined, warn: () => undefined };
