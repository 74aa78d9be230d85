import type { KeyObject } from 'node:crypto';

/** Where the public keys of access tokens come from. */
export interface KeySource {
  /**
   * The public key called `kid`, or undefined where there is none.
   *
   * @throws Problem 503 when the keys cannot be read.
   */
  keyOf(kid: string): Promise<KeyObject | undefined>;
}

/** Injects the service's `KeySource`. */
export const KEY_SOURCE = Symbol('key source');
