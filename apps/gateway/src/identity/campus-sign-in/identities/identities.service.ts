import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import type { IdentityList } from '@registrar/contracts-gateway';
import { retryOnConflict } from '@registrar/dynamodb';
import { Problem, unauthorized } from '@registrar/service';
import { userEntry } from '../../accounts/account-events.ts';
import { AccountLedger } from '../../accounts/account-ledger.ts';
import { AccountRepository } from '../../accounts/account.repository.ts';
import { AuditLog } from '../../audit/audit-log.ts';
import { tokensBelow } from '../../revocations/revocation.ts';
import { SessionRepository } from '../../sessions/session.repository.ts';
import { ProfileCache } from '../../users/profile-cache.ts';
import { CampusSignInService } from '../campus-sign-in.service.ts';
import type { Onward } from '../campus-sign-in.service.ts';
import { CampusSessions } from '../logout/campus-sessions.ts';
import { withCampusRoles } from '../people/campus-account.rules.ts';
import { SignInRefused } from '../sign-in-refused.ts';
import { IdentityRepository } from './identity.repository.ts';
import type { ListedIdentity } from './identity.repository.ts';

/** How long a password that was given counts as fresh, ms. */
const freshPasswordMs = 5 * 60_000;

/**
 * The identities of an account: who of which provider its owner is.
 *
 * Guarantee: an account keeps a way to sign in. Removing an identity removes the roles that its provider gave, in the
 * same commit, and ends the sessions that began by it.
 * Failure: Problem 403 `recent_sign_in_required`, 404 `identity_not_found`, 409 `last_identity`, 503 `provider_unavailable`.
 */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly campusSessions: CampusSessions,
    private readonly ledger: AccountLedger,
    private readonly signIn: CampusSignInService,
    private readonly profiles: ProfileCache,
    private readonly audit: AuditLog,
  ) {}

  async list(user: Identity): Promise<IdentityList> {
    const found = await this.identities.ofUser(user.id);
    const items = found.map(({ id, provider, linkedAt }) => ({ id, provider, linkedAt }));
    return { items: items.sort((one, other) => (one.linkedAt < other.linkedAt ? -1 : 1)) };
  }

  /** Begins to link a provider. */
  async link(user: Identity, provider: string): Promise<Onward> {
    const [session, account] = await Promise.all([
      this.sessions.byId(user.sessionId),
      this.accounts.byId(user.id),
    ]);
    if (!account) throw unauthorized();
    const passwordAt = session?.passwordAt ?? 0;
    if (this.sessions.now() - passwordAt >= freshPasswordMs) {
      const detail = 'Sign in by your password again, then link within five minutes.';
      throw new Problem(403, 'recent_sign_in_required', detail);
    }
    try {
      return await this.signIn.startLink(provider, { userId: user.id, epoch: account.sessionEpoch });
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      throw new Problem(503, 'provider_unavailable', 'The campus does not answer. Try again in a minute.');
    }
  }

  /** Removes an identity of the caller. */
  async unlink(user: Identity, id: string, address: string): Promise<void> {
    const identity = (await this.identities.ofUser(user.id)).find((each) => each.id === id);
    if (!identity) throw identityNotFound();
    await retryOnConflict(() => this.remove(user.id, identity));
    await this.campusSessions.endAllOf(user.id, identity.provider);
    const detail = identity.provider;
    this.audit.record('identity_removed', 'succeeded', { actorId: user.id, target: id, address, detail });
  }

  private async remove(userId: string, { key, provider }: ListedIdentity): Promise<void> {
    const account = await this.accounts.byId(userId);
    if (!account) throw unauthorized();
    if (!Object.hasOwn(account.campusRoles, provider)) throw identityNotFound();
    if (account.passwordHash === null && Object.keys(account.campusRoles).length === 1) {
      const detail = 'This is the last way to sign in to the account. Set a password first.';
      throw new Problem(409, 'last_identity', detail);
    }
    const { account: next, isVisible, hasOtherRoles } = withCampusRoles(account, provider, undefined);
    await this.ledger.commit({
      actions: [this.identities.removal(key, userId), this.accounts.change(account, next)],
      entries: isVisible ? [userEntry(next, userId, new Date())] : [],
      ...(hasOtherRoles && { revocation: tokensBelow(next.tokenVersion, account, 'roles') }),
    });
    if (isVisible) this.profiles.forgetBefore(userId, next.version);
  }
}

function identityNotFound(): Problem {
  return new Problem(404, 'identity_not_found', 'You have no identity with this id.');
}
