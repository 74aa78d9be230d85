import { Injectable, Logger } from '@nestjs/common';
import { retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import type { OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import type { OidcProvider } from '../../../config/oidc-providers.ts';
import { userEntry } from '../../accounts/account-events.ts';
import { AccountLedger } from '../../accounts/account-ledger.ts';
import { AccountRepository } from '../../accounts/account.repository.ts';
import type { Account } from '../../accounts/user.ts';
import { tokensBelow } from '../../revocations/revocation.ts';
import type { PendingRevocation } from '../../revocations/revocation.ts';
import { UserSessions } from '../../sessions/user-sessions.service.ts';
import type { SessionStart } from '../../sessions/user-sessions.service.ts';
import type { BegunSession } from '../../sessions/session.service.ts';
import { ProfileCache } from '../../users/profile-cache.ts';
import { IdentityRepository } from '../identities/identity.repository.ts';
import type { LinkedIdentity } from '../identities/identity.repository.ts';
import { SignInRefused } from '../sign-in-refused.ts';
import { isUnclaimed, signedInBy, studentOf } from './campus-account.rules.ts';
import type { ChangedAccount } from './campus-account.rules.ts';
import type { CampusProfile } from './claims.rules.ts';

/** Somebody whom a provider vouches for. */
export interface CampusPerson {
  settings: OidcProvider;
  issuer: string;
  subject: string;
  profile: CampusProfile;
}

/** What of a change is committed. */
interface Commit {
  actions: TransactAction[];
  entries: OutboxEntry[];
  revocation?: PendingRevocation;
}

/**
 * Finds, links and makes the accounts of people who come from a provider.
 *
 * Guarantee: an identity is (issuer, subject), and of one account at most; a mail alone links nothing. Two first
 * sign-ins of one person at once make one account. Roles of the campus are those of the last sign-in: older access
 * tokens end in the same commit where they say others.
 * Failure: SignInRefused `account_link_required`, `account_suspended`, `no_account`.
 */
@Injectable()
export class CampusAccounts {
  private readonly logger = new Logger(CampusAccounts.name);

  constructor(
    private readonly accounts: AccountRepository,
    private readonly identities: IdentityRepository,
    private readonly sessions: UserSessions,
    private readonly ledger: AccountLedger,
    private readonly profiles: ProfileCache,
  ) {}

  /** A session of the person's account. */
  signIn(person: CampusPerson, how: SessionStart): Promise<BegunSession> {
    // A lost race is decided again: what the winner wrote is found then.
    return retryOnConflict(() => this.trySignIn(person, how));
  }

  /** Links the person to the account that asked for it; one that is linked to it already stays so. */
  link(person: CampusPerson, { userId, epoch }: { userId: string; epoch: number }): Promise<void> {
    return retryOnConflict(async () => {
      const [identity, account] = await Promise.all([this.identityOf(person), this.accounts.byId(userId)]);
      // A change of the password since then ended the session that asked.
      if (account?.sessionEpoch !== epoch) throw new SignInRefused('sign_in_expired');
      refuseSuspended(account);
      const provider = identity?.provider ?? person.settings.id;
      if (identity ? identity.userId !== userId : Object.hasOwn(account.campusRoles, provider))
        throw new SignInRefused('account_link_required', 'another identity or account is linked');
      const changed = signedInBy(account, provider, person.profile);
      const identityAction = identity ? this.identities.isStillOf(identity) : this.linking(person, userId);
      await this.commit(account, changed, [identityAction]);
    });
  }

  private async trySignIn(person: CampusPerson, how: SessionStart): Promise<BegunSession> {
    const identity = await this.identityOf(person);
    if (identity) {
      const account = await this.accounts.byId(identity.userId);
      if (!account) throw new SignInRefused('no_account', 'the account of the identity is gone');
      const changed = signedInBy(account, identity.provider, person.profile);
      return this.begin(account, changed, how, this.identities.isStillOf(identity));
    }
    try {
      return await this.signInFirst(person, how);
    } catch (error) {
      // What is taken may be by their own first sign-in at the same moment.
      if (error instanceof SignInRefused && (await this.identityOf(person)))
        return this.trySignIn(person, how);
      throw error;
    }
  }

  private async signInFirst(person: CampusPerson, how: SessionStart): Promise<BegunSession> {
    const waiting = await this.unclaimed(person);
    if (!waiting) return this.signUp(person, how);
    const changed = signedInBy(waiting, person.settings.id, person.profile);
    return this.begin(waiting, changed, how, this.linking(person, waiting.id));
  }

  private identityOf({ issuer, subject }: CampusPerson): Promise<LinkedIdentity | undefined> {
    return this.identities.bySubject(issuer, subject);
  }

  /** The account that waits for this person, by the external id of the provider that may say so. */
  private async unclaimed({ settings, profile }: CampusPerson): Promise<Account | undefined> {
    if (!settings.trustExternalId || profile.externalId === null) return undefined;
    const account = await this.accounts.byExternalId(profile.externalId);
    if (!account) return undefined;
    if (isUnclaimed(account)) return account;
    throw new SignInRefused('account_link_required', 'the account of the external id has a way to sign in');
  }

  private async begin(
    account: Account,
    changed: ChangedAccount,
    how: SessionStart,
    identityAction: TransactAction,
  ): Promise<BegunSession> {
    refuseSuspended(account);
    return this.sessions.begin(changed.account, how, (session) =>
      this.commit(account, changed, [identityAction, session]),
    );
  }

  private async signUp(person: CampusPerson, how: SessionStart): Promise<BegunSession> {
    const { settings, profile } = person;
    const { email } = profile;
    if (email !== null && (await this.accounts.byEmail(email)))
      throw new SignInRefused('account_link_required', 'an account has the mail');
    if (!settings.signUp) throw new SignInRefused('no_account');
    if (email === null) {
      this.logger.warn(`${settings.id} says no mail of somebody new in the claim ${settings.claims.email}.`);
      throw new SignInRefused('no_account', 'no mail');
    }
    const now = new Date();
    const { trustExternalId } = settings;
    const account = studentOf({ ...profile, email }, settings.id, { id: newId('usr'), now, trustExternalId });
    return this.sessions.begin(account, how, (session) =>
      this.ledger.commit({
        actions: [
          ...this.accounts.creation(account),
          ...this.accounts.externalIdClaims({ ...account, externalId: null }, account.externalId),
          this.linking(person, account.id),
          session,
        ],
        entries: [userEntry(account, account.id, now)],
      }),
    );
  }

  private linking({ settings, issuer, subject }: CampusPerson, userId: string): TransactAction {
    const linkedAt = new Date().toISOString();
    return this.identities.creation({
      id: newId('idn'),
      userId,
      provider: settings.id,
      issuer,
      subject,
      linkedAt,
    });
  }

  /** Writes a change with what belongs to it. */
  private async commit(account: Account, changed: ChangedAccount, actions: TransactAction[]): Promise<void> {
    await this.ledger.commit(this.commitOf(account, changed, actions));
    if (changed.isVisible) this.profiles.forgetBefore(account.id, changed.account.version);
  }

  private commitOf(
    account: Account,
    { account: next, isChanged, isVisible, hasOtherRoles }: ChangedAccount,
    actions: TransactAction[],
  ): Commit {
    return {
      actions: isChanged ? [...actions, this.accounts.change(account, next)] : actions,
      entries: isVisible ? [userEntry(next, account.id, new Date())] : [],
      ...(hasOtherRoles && { revocation: tokensBelow(next.tokenVersion, account, 'roles') }),
    };
  }
}

function refuseSuspended({ status }: Account): void {
  if (status !== 'active') throw new SignInRefused('account_suspended');
}
