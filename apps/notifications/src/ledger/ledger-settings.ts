/** How the ledger is kept. */
export interface LedgerSettings {
  /** A mail about something older than this is not sent any more, milliseconds. */
  maxMailAgeMs: number;
}

/** Injects the `LedgerSettings`. */
export const LEDGER_SETTINGS = Symbol('ledger settings');
