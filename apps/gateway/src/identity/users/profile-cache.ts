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
/** Longer than a read that began before a change can take. */
const changeKeptMs = 60_000;

interface Profile {
  tokenVersion: number;
  /** Of the account. */
  version: number;
  body: CachedBody;
}

/**
 * The bytes of `GET /api/auth/me`, in this process.
 *
 * Guarantee: never older than the caller's token: what ends tokens raises the version that they carry, and a profile
 * with a lower version is read again, consistently. Never older than a change that this instance made or has heard
 * of: changes of names and external ids leave tokens as they are, and come from other instances by the user's events.
 * Failure: while Kafka is away, other instances show such a change when the profile expires.
 */
@Injectable()
export class ProfileCache {
  private readonly profiles = new LRUCache<string, Profile>({
    max: maxProfiles,
    ttl: longestMs,
    ttlResolution: 50,
  });
  /** The version that each account was lately changed to. */
  private readonly changes = new LRUCache<string, number>({ max: maxProfiles, ttl: changeKeptMs });
  private readonly loads = new SingleFlight<Profile>();

  constructor(private readonly accounts: AccountRepository) {}

  /** The profile, if it is cached and new enough. */
  fresh({ id, tokenVersion }: Identity): CachedBody | undefined {
    const profile = this.profiles.get(id);
    return profile && profile.tokenVersion >= tokenVersion ? profile.body : undefined;
  }

  /** Loads the profile; concurrent requests share one read. */
  async load({ id, tokenVersion }: Identity): Promise<CachedBody> {
    // Who asks after a change does not join a read from before it.
    const key = `${id} ${tokenVersion} ${this.changes.get(id) ?? 0}`;
    const { body } = await this.loads.share(key, () => this.read(id));
    return body;
  }

  /** Invalidates the profile as it was before the account had this version. */
  forgetBefore(id: string, version: number): void {
    if ((this.changes.get(id) ?? 0) < version) this.changes.set(id, version);
    const profile = this.profiles.peek(id);
    if (profile && profile.version < version) this.profiles.delete(id);
  }

  private async read(id: string): Promise<Profile> {
    const account = await this.accounts.byId(id);
    if (!account) throw unauthorized('This account no longer exists.');
    const profile = {
      tokenVersion: account.tokenVersion,
      version: account.version,
      body: CachedBody.of(JSON.stringify(userOf(account))),
    };
    const ttl = shortestMs + Math.random() * (longestMs - shortestMs);
    if (account.version >= (this.changes.get(id) ?? 0)) this.profiles.set(id, profile, { ttl });
    return profile;
  }
}
