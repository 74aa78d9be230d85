import { Injectable } from '@nestjs/common';
import { SingleFlight } from '@registrar/async';
import type { Identity } from '@registrar/auth';
import { CachedBody } from '@registrar/cache';
import { unauthorized } from '@registrar/service';
import { LRUCache } from 'lru-cache';
import { AccountRepository } from '../accounts/account.repository.ts';
import { userOf } from '../accounts/user.ts';

const maxProfiles = 20_000;
/** The TTL is a safety net, as versions decide; with jitter, so that entries do not expire together. */
const longestMs = 900_000;
const shortestMs = 600_000;

interface Profile {
  tokenVersion: number;
  body: CachedBody;
}

/**
 * The bytes of `GET /api/auth/me`, in this process.
 *
 * Guarantee: never older than the caller's token: every change of a user raises the version that tokens carry,
 * and a profile with a lower version is read again, consistently.
 */
@Injectable()
export class ProfileCache {
  private readonly profiles = new LRUCache<string, Profile>({
    max: maxProfiles,
    ttl: longestMs,
    ttlResolution: 50,
  });
  private readonly loads = new SingleFlight<Profile>();

  constructor(private readonly accounts: AccountRepository) {}

  /** The profile, if it is cached and new enough. */
  fresh({ id, tokenVersion }: Identity): CachedBody | undefined {
    const profile = this.profiles.get(id);
    return profile && profile.tokenVersion >= tokenVersion ? profile.body : undefined;
  }

  /** Loads the profile; concurrent requests share one read. */
  async load({ id, tokenVersion }: Identity): Promise<CachedBody> {
    const { body } = await this.loads.share(`${id} ${tokenVersion}`, () => this.read(id));
    return body;
  }

  private async read(id: string): Promise<Profile> {
    const account = await this.accounts.byId(id);
    if (!account) throw unauthorized('This account no longer exists.');
    const profile = {
      tokenVersion: account.tokenVersion,
      body: CachedBody.of(JSON.stringify(userOf(account))),
    };
    const ttl = shortestMs + Math.random() * (longestMs - shortestMs);
    this.profiles.set(id, profile, { ttl });
    return profile;
  }
}
