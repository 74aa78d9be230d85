import { createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { SingleFlight } from '@registrar/async';
import { serviceUnavailable } from '@registrar/service';
import { request } from 'undici';
import type { KeySource } from './key-source.ts';

/** How long an answer of the key server is taken as complete, ms; an unknown `kid` asks again after it. */
const refreshAfterMs = 5_000;
const timeoutMs = 2_000;

/**
 * Public keys from the gateway's `/.well-known/jwks.json`.
 *
 * Keys once read stay known, so that a gateway that is away stops nobody. An unknown `kid` asks again, at most
 * once in 5 s, one request at a time: forged tokens cannot make it ask more often.
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
        throw serviceUnavailable('The keys that prove who you are cannot be read now.', error);
    }
  }
}
