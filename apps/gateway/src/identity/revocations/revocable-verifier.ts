import { Inject, Injectable } from '@nestjs/common';
import { TokenVerifier } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CONFIG, serviceUnavailable, unauthorized } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { SigningKeys } from '../keys/signing-keys.ts';
import { RevocationPoller } from './revocation-poller.ts';
import { Revocations } from './revocations.ts';

/** Verifies access tokens and refuses revoked ones, at every use. */
@Injectable()
export class RevocableVerifier extends TokenVerifier {
  constructor(
    @Inject(CONFIG) config: ServiceConfig,
    keys: SigningKeys,
    private readonly revocations: Revocations,
    private readonly poller: RevocationPoller,
  ) {
    super(config, keys);
    keys.onChanged(() => this.forget());
  }

  /** Whether this instance's list of revocations is current. */
  get revocationsAreFresh(): boolean {
    return this.poller.isFresh;
  }

  override async fromHeader(authorization: string | undefined): Promise<Identity | undefined> {
    const identity = await super.fromHeader(authorization);
    if (identity) this.refuseRevoked(identity);
    return identity;
  }

  /** Judges a verified token again, after time has passed. @throws Problem 401, 503 as `refuseRevoked` */
  refuseEnded(identity: Identity): void {
    if (this.hasExpired(identity)) throw unauthorized('The access token has expired.');
    this.refuseRevoked(identity);
  }

  /** @throws Problem 401 for a revoked token, 503 while revocations are not fresh */
  refuseRevoked(identity: Identity): void {
    if (!this.revocationsAreFresh)
      throw serviceUnavailable('Sessions cannot be checked right now. Try again in a few seconds.');
    if (!this.revocations.has(identity)) return;
    const isClient = identity.clientId !== undefined;
    throw unauthorized(isClient ? 'The access token was revoked.' : 'The session has ended. Sign in again.');
  }
}
