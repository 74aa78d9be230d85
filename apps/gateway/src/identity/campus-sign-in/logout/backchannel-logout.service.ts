import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.ts';
import { UsedTokensRepository } from '../attempts/used-tokens.repository.ts';
import { IdentityRepository } from '../identities/identity.repository.ts';
import type { CampusProvider } from '../provider/campus-provider.ts';
import { CampusProviders } from '../provider/campus-providers.ts';
import { ProviderUnavailable } from '../provider/provider-fetch.ts';
import { CampusSessions } from './campus-sessions.ts';
import { LogoutTokens, logoutTokenLifeMs } from './logout-tokens.ts';
import type { LogoutRequest } from './logout-tokens.ts';

/**
 * Ends sessions because their owner signed out of the campus elsewhere.
 *
 * Guarantee: once `end` answers true, the sessions have ended on this instance, and on others within a second. A token
 * works once. Failure: false for a bad token; throws where the store is away, and the provider may send it again.
 */
@Injectable()
export class BackchannelLogoutService {
  private readonly logger = new Logger(BackchannelLogoutService.name);

  constructor(
    private readonly providers: CampusProviders,
    private readonly tokens: LogoutTokens,
    private readonly used: UsedTokensRepository,
    private readonly identities: IdentityRepository,
    private readonly sessions: CampusSessions,
    private readonly audit: AuditLog,
  ) {}

  /** @throws Problem 404 `provider_not_found` */
  async end(id: string, token: string | null, address: string): Promise<boolean> {
    const provider = this.providers.named(id);
    const request = await this.checked(token, provider);
    if (!request) return false;
    const key = `${id} ${request.tokenId}`;
    if (await this.used.isUsed('logout', key)) return false;
    const ended = await this.endSessions(provider, request);
    // Afterwards, so that a provider whose request failed half-way can send it again.
    await this.used.use('logout', key, logoutTokenLifeMs);
    const detail = `${ended} sessions`;
    this.audit.record('campus_logout', 'succeeded', { actorId: null, target: id, address, detail });
    return true;
  }

  private async checked(token: string | null, provider: CampusProvider): Promise<LogoutRequest | undefined> {
    try {
      return await this.tokens.verify(token ?? '', provider);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      const isAway = error instanceof ProviderUnavailable;
      this.logger.warn(`Logout token of ${provider.settings.id} ${isAway ? 'unchecked' : 'refused'}: ${why}`);
      return undefined;
    }
  }

  private async endSessions(provider: CampusProvider, request: LogoutRequest): Promise<number> {
    const { subject, sessionId } = request;
    const { id } = provider.settings;
    const named = sessionId === undefined ? 0 : await this.sessions.endIn(id, sessionId, subject);
    if (subject === undefined) return named;
    const { issuer } = await provider.metadata.get();
    const identity = await this.identities.bySubject(issuer, subject);
    if (!identity) return named;
    const { userId } = identity;
    if (sessionId === undefined) return this.sessions.endAllOf(userId, id);
    return named + (await this.sessions.endUnnamedOf(userId, id));
  }
}
