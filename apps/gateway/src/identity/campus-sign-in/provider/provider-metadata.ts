import { SingleFlight } from '@registrar/async';
import { allowInsecureRequests, customFetch, discovery } from 'openid-client';
import type { ServerMetadata } from 'openid-client';
import type { OidcProvider } from '../../../config/oidc-providers.ts';
import { providerFetch, ProviderUnavailable } from './provider-fetch.ts';

/** How long one request to a provider may last, seconds. */
export const requestTimeout = 5;

/** Metadata older than this is asked for again, ms. */
const freshMs = 60 * 60_000;

/** The pause after a failed discovery, ms; it doubles with each further one. */
const backoff = { firstMs: 500, maxMs: 30_000 };

/**
 * What a provider says of itself: its endpoints, by discovery.
 *
 * Guarantee: asked for when it is first needed, by one request at a time, and hourly from then on; a refresh that fails
 * leaves what is known. Failure: ProviderUnavailable, at once while a failed discovery is not to be repeated yet.
 */
export class ProviderMetadata {
  private readonly flight = new SingleFlight<ServerMetadata, 'discovery'>();
  private known: { server: ServerMetadata; at: number } | undefined;
  private failures = 0;
  private notBefore = 0;

  constructor(private readonly settings: OidcProvider) {}

  async get(): Promise<ServerMetadata> {
    const now = performance.now();
    if (this.known) {
      const isDue = now - this.known.at > freshMs && now >= this.notBefore;
      if (isDue) this.discover().catch(() => undefined);
      return this.known.server;
    }
    if (now < this.notBefore) throw new ProviderUnavailable('its discovery failed a moment ago');
    return this.discover();
  }

  private discover(): Promise<ServerMetadata> {
    return this.flight.share('discovery', async () => {
      try {
        const server = await this.ask();
        this.known = { server, at: performance.now() };
        this.failures = 0;
        return server;
      } catch (error) {
        const pauseMs = Math.min(backoff.maxMs, backoff.firstMs * 2 ** this.failures);
        this.failures += 1;
        this.notBefore = performance.now() + pauseMs;
        throw new ProviderUnavailable('its discovery failed', { cause: error });
      }
    });
  }

  private async ask(): Promise<ServerMetadata> {
    const { issuer, clientId } = this.settings;
    const configuration = await discovery(new URL(issuer), clientId, undefined, undefined, {
      timeout: requestTimeout,
      [customFetch]: providerFetch,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- Marked so to stand out; the settings allow it on loopback alone.
      execute: issuer.startsWith('http:') ? [allowInsecureRequests] : [],
    });
    return configuration.serverMetadata();
  }
}
