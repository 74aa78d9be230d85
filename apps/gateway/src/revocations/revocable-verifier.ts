import { Inject, Injectable } from '@nestjs/common';
import { KEY_SOURCE, TokenVerifier } from '@registrar/auth';
import type { Identity, KeySource } from '@registrar/auth';
import { CONFIG, serviceUnavailable, unauthorized } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { RevocationPoller } from './revocation-poller.ts';
import { Revocations } from './revocations.ts';

/** Verifies access tokens and refuses those that were revoked, at every use. */
@Injectable()
export class RevocableVerifier extends TokenVerifier {
  constructor(
    @Inject(CONFIG) config: ServiceConfig,
    @Inject(KEY_SOURCE) keys: KeySource,
    private readonly revocations: Revocations,
    private readonly poller: RevocationPoller,
  ) {
    super(config, keys);
  }

  override async fromHeader(authorization: string | undefined): Promise<Identity | undefined> {
    const identity = await super.fromHeader(authorization);
    if (identity) this.refuseRevoked(identity);
    return identity;
  }

  /** @throws Problem 401 for a dead token, 503 while it cannot be known which are */
  refuseRevoked(identity: Identity): void {
    if (!this.poller.trusted) throw serviceUnavailable('It cannot be known at the moment who is signed in.');
    if (this.revocations.has(identity)) throw unauthorized('The session has ended. Sign in again.');
  }
}
