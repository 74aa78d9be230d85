import { Injectable, Logger } from '@nestjs/common';
import type { TokenAnswer } from '@registrar/contracts-gateway';
import { conditionHeld } from '@registrar/dynamodb';
import { Problem, isId } from '@registrar/service';
import { AuditLog } from '../../audit/audit-log.ts';
import { accessTokenLifetime } from '../../sessions/session.ts';
import type { ClientRecord } from '../client.ts';
import { ClientRepository } from '../client.repository.ts';
import { matchingSecret } from '../client-secret.rules.ts';
import { ClientTokens } from './client-tokens.ts';
import { credentialsOf } from './credentials.rules.ts';
import type { Credentials } from './credentials.rules.ts';
import { formOf } from './form.rules.ts';
import { invalidClient, invalidRequest } from './oauth-problems.ts';
import { scopesFor } from './scopes.rules.ts';

/** How much later than it was a use may be noted, ms: a client that asks often costs no write each time. */
const notedEveryMs = 60_000;
/** No client has this id: read where there is nothing to find, so that the time is the same. */
const nobody = 'nobody';

/** A request for a token, as it comes. */
export interface TokenRequest {
  form: Uint8Array;
  authorization: string | undefined;
  address: string;
}

/**
 * Gives API clients their access tokens (RFC 6749, 4.4).
 *
 * Guarantee: a new token ends no old one. An unknown client and a wrong secret get the same answer in the same time.
 * Failure: Problem 400 and 401 with the codes of OAuth, 503 while the store is away. A use that cannot be noted is
 * logged; the token is given.
 */
@Injectable()
export class TokenService {
  private readonly logger = new Logger(TokenService.name);

  constructor(
    private readonly clients: ClientRepository,
    private readonly tokens: ClientTokens,
    private readonly audit: AuditLog,
  ) {}

  async issue({ form: body, authorization, address }: TokenRequest): Promise<TokenAnswer> {
    const form = formOf(body);
    const grantType = form.get('grant_type');
    if (grantType === undefined) throw invalidRequest('The parameter grant_type is missing.');
    const client = await this.authenticate(credentialsOf(authorization, form), address);
    if (grantType !== 'client_credentials')
      throw new Problem(400, 'unsupported_grant_type', 'Only client_credentials is possible.');
    const scopes = scopesFor(client.scopes, form.get('scope'));
    const accessToken = await this.tokens.make(client, scopes);
    await this.noteUse(client);
    const scope = scopes.join(' ');
    this.audit.record('client_token', 'succeeded', { actorId: client.id, address, detail: scope });
    return { access_token: accessToken, token_type: 'Bearer', expires_in: accessTokenLifetime, scope };
  }

  private async authenticate({ clientId, secret }: Credentials, address: string): Promise<ClientRecord> {
    const isClientId = isId('client', clientId);
    const client = await this.clients.byId(isClientId ? clientId : nobody);
    const matching = matchingSecret(secret, client?.secrets ?? []);
    if (client && matching) return client;
    const target = isClientId ? clientId : undefined;
    this.audit.record('client_token', 'refused', { actorId: null, target, address });
    throw invalidClient();
  }

  private async noteUse({ id, lastUsedAt }: ClientRecord): Promise<void> {
    const now = Date.now();
    if (lastUsedAt !== null && now - Date.parse(lastUsedAt) < notedEveryMs) return;
    try {
      await conditionHeld(this.clients.noteUse(id, new Date(now).toISOString()));
    } catch (error) {
      this.logger.warn({ err: error }, 'the use of an API client cannot be noted');
    }
  }
}
