import { createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { SingleFlight } from '@registrar/async';
import { serviceUnavailable } from '@registrar/service';
import { request } from 'undici';
import type { KeySource } from './key-source.ts';

/** How long the last read counts as complete, ms; after it an unknown `kid` causes another. */
const refreshAfterMs = 5_000;
const timeoutMs = 2_000;

/**
 * Public keys from the gateway's `/.well-known/jwks.json`.
 *
 * Keys that were read stay cached, so that tokens verify while the gateway is away. An unknown `kid` reads them again,
 * at most once in 5 s, single-flight: forged tokens cannot make it read more often.
 */
export class JwksKeys implements KeySource {
  private keys = new Map<string, KeyObject>();
  private askedAt = -Infinity;
  private readonly refreshes = new SingleFlight<void>();

  constructor(
    private readonly url: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async keyOf(kid: string): Promise<KeyObject | undefined> {
    const known = this.keys.get(kid);
    if (known) return known;
    if (this.keys.size === 0 || this.now() - this.askedAt >= refreshAfterMs)
      await this.refreshes.share(this.url, () => this.fetchKeys());
    return this.keys.get(kid);
  }

  private async fetchKeys(): Promise<void> {
    try {
      const answer = await request(this.url, { headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
      const body = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`The key server answered ${answer.statusCode}`);
      const { keys } = JSON.parse(body) as { keys: (JsonWebKey & { kid: string })[] };
      this.keys = new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]));
      this.askedAt = this.now();
    } catch (error) {
      if (this.keys.size === 0)
        throw serviceUnavailable(
          'The signing keys cannot be read right now. Try again in a few seconds.',
          error,
        );
    }
  }
}
