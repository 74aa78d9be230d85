import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { AuditLog } from '../audit/audit-log.ts';
import type { LivingSession } from '../sessions/session.service.ts';
import type { CampusSignIn, SessionClient } from '../sessions/session.ts';
import { AttemptCookies } from './attempts/attempt-cookies.ts';
import { attemptLifeMs, newAttempt } from './attempts/attempt.rules.ts';
import type { SignInAttempt } from './attempts/attempt.rules.ts';
import { UsedTokensRepository } from './attempts/used-tokens.repository.ts';
import { CampusAccounts } from './people/campus-accounts.service.ts';
import { profileOf } from './people/claims.rules.ts';
import type { Assertion, CampusProvider } from './provider/campus-provider.ts';
import { CampusProviders } from './provider/campus-providers.ts';
import { SealingKey } from '../sessions/sealing-key.ts';
import { SignInRefused } from './sign-in-refused.ts';
import type { SignInError } from './sign-in-refused.ts';

/** Longest ID token and name of a provider's session that a session keeps. */
const longest = { idToken: 4_096, providerSession: 256 };

/** Where a browser goes on, and the cookies that it gets. */
export interface Onward {
  location: string;
  cookies: string[];
  /** The session that began. */
  session?: LivingSession | undefined;
}

/**
 * Signs people in by a provider of the campus: out to it, and back.
 *
 * Guarantee: an answer of a provider counts only in the browser that asked, once, within 10 minutes. What goes wrong
 * leads to the sign-in page, which is told the code. Failure: Problem 404 `provider_not_found`.
 */
@Injectable()
export class CampusSignInService {
  private readonly logger = new Logger(CampusSignInService.name);
  private readonly idTokenKey: SealingKey;

  constructor(
    @Inject(CONFIG) config: GatewayConfig,
    private readonly providers: CampusProviders,
    private readonly cookies: AttemptCookies,
    private readonly used: UsedTokensRepository,
    private readonly people: CampusAccounts,
    private readonly audit: AuditLog,
  ) {
    this.idTokenKey = new SealingKey(config.SERVICE_TOKEN_SECRET, 'campus ID token');
  }

  /** Where to go to sign in by the provider. */
  async start(id: string, returnTo: string, sent: string | undefined): Promise<Onward> {
    const provider = this.providers.named(id);
    try {
      return await this.begin(provider, returnTo, sent);
    } catch (error) {
      return this.refused(id, error);
    }
  }

  /** As `start`, to link the provider to an account. @throws SignInRefused `provider_unavailable` */
  startLink(id: string, link: NonNullable<SignInAttempt['link']>): Promise<Onward> {
    return this.begin(this.providers.named(id), '/account', undefined, link);
  }

  /** Where to go on after the provider sent the browser back. @param sent the cookies of the request */
  async finish(
    id: string,
    query: Readonly<Record<string, unknown>>,
    client: SessionClient,
    sent: string | undefined,
  ): Promise<Onward> {
    const provider = this.providers.named(id);
    const now = Date.now();
    const state = typeof query['state'] === 'string' ? query['state'] : '';
    const found = this.cookies.find(state, sent, now);
    const cookies = found ? [found.end] : [];
    try {
      if (found?.attempt.provider !== id) throw new SignInRefused('sign_in_expired', 'no such attempt');
      if (!(await this.used.use('sign-in', state, attemptLifeMs)))
        throw new SignInRefused('sign_in_expired', 'used before');
      const assertion = await provider.assertion(answerOf(query), found.attempt);
      return { cookies, ...(await this.complete(provider, assertion, found.attempt, client)) };
    } catch (error) {
      const onward = this.refused(id, error);
      const { address } = client;
      this.audit.record('campus_login', 'refused', {
        actorId: null,
        target: id,
        address,
        detail: onward.code,
      });
      return { location: onward.location, cookies };
    }
  }

  /** The ID token of a session that `finish` began. */
  idTokenOf({ idToken, subject }: CampusSignIn): string | undefined {
    return idToken === null ? undefined : this.idTokenKey.open(idToken, subject);
  }

  private async begin(
    provider: CampusProvider,
    returnTo: string,
    sent: string | undefined,
    link?: SignInAttempt['link'],
  ): Promise<Onward> {
    const now = Date.now();
    const attempt = newAttempt(provider.settings.id, returnTo, now, link);
    const location = await provider.authorizationUrl(attempt);
    return { location, cookies: this.cookies.holding(attempt, sent, now) };
  }

  private async complete(
    { settings }: CampusProvider,
    assertion: Assertion,
    { link, returnTo }: SignInAttempt,
    client: SessionClient,
  ): Promise<Pick<Onward, 'location' | 'session'>> {
    const { issuer, subject, claims } = assertion;
    const person = { settings, issuer, subject, profile: profileOf(claims, settings) };
    const { address } = client;
    const detail = settings.id;
    if (link) {
      await this.people.link(person, link);
      this.audit.record('identity_linked', 'succeeded', { actorId: link.userId, address, detail });
      return { location: returnTo };
    }
    const campus = this.campusOf(assertion, settings);
    const session = await this.people.signIn(person, { client, campus });
    this.audit.record('campus_login', 'succeeded', { actorId: session.answer.user.id, address, detail });
    return { location: returnTo, session };
  }

  private campusOf(
    { subject, sessionId, idToken }: Assertion,
    { id, logout, sessionHours }: CampusProvider['settings'],
  ): CampusSignIn {
    const isKept = logout && idToken.length <= longest.idToken;
    return {
      provider: id,
      providerSession: sessionId !== null && sessionId.length <= longest.providerSession ? sessionId : null,
      subject,
      idToken: isKept ? this.idTokenKey.seal(idToken, subject) : null,
      maxLifeMs: sessionHours * 60 * 60_000,
    };
  }

  private refused(id: string, error: unknown): Onward & { code: SignInError } {
    if (!(error instanceof SignInRefused)) throw error;
    const { code, message } = error;
    this.logger.warn(`Sign-in by ${id}: ${message}`);
    return { location: `/sign-in?error=${code}`, cookies: [], code };
  }
}

/** What of the provider's answer counts; a parameter that comes twice does not. */
function answerOf(query: Readonly<Record<string, unknown>>): URLSearchParams {
  const known = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'];
  const answer = new URLSearchParams();
  for (const name of known) {
    const value = query[name];
    if (typeof value === 'string') answer.set(name, value);
  }
  return answer;
}
