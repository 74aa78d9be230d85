import { Injectable } from '@nestjs/common';
import { SingleFlight } from '@registrar/async';
import type { Identity } from '@registrar/auth';
import { CachedBody } from '@registrar/cache';
import { unauthorized } from '@registrar/service';
import { LRUCache } from 'lru-cache';
import { AccountRepository } from '../accounts/account.repository.ts';
import { userOf } from '../accounts/user.ts';

const maxProfiles = 20_000;
/** Own data: no change of a user is waited for here, so the time is a safety net; spread, or all would end at once. */
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
 * and a profile that is behind it is read anew, consistently.
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

  /** The profile, if it is held and new enough. */
  fresh({ id, tokenVersion }: Identity): CachedBody | undefined {
    const profile = this.profiles.get(id);
    return profile && profile.tokenVersion >= tokenVersion ? profile.body : undefined;
  }

  /** The profile from its source; requests that come together share one read. */
  async load({ id, tokenVersion }: Identity): Promise<CachedBody> {
    const { body } = await this.loads.share(`${id} ${tokenVersion}`, () => this.read(id));
    return body;
  }

  private async read(id: string): Promise<Profile> {
    const account = await this.accounts.byId(id);
    if (!account) throw unauthorized('This account is no more.');
    const profile = {
      tokenVersion: account.tokenVersion,
      body: CachedBody.of(JSON.stringify(userOf(account))),
    };
    const ttl = shortestMs + Math.random() * (longestMs - shortestMs);
    this.profiles.set(id, profile, { ttl });
    return profile;
  }
}
