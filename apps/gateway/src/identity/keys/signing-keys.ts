import type { Jwks } from '@registrar/contracts-gateway';
import { existsSync, statSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import type { KeySource } from '@registrar/auth';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { createKeyFile, readKeyFile, signingKeyOf } from './key-file.ts';
import type { SigningKey } from './key-file.ts';
import { keysInUse, signerAt } from './rotation.rules.ts';

const rereadEveryMs = 2_000;

/**
 * The keys of access tokens: one signs, all that a living token may carry verify.
 *
 * The file is read again every 2 s when it changed, so a rotation needs no restart. In development a missing file is made; in
 * production it is a reason not to start. Failure: a file that became unreadable leaves the keys as they were.
 */
@Injectable()
export class SigningKeys implements KeySource, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SigningKeys.name);
  private readonly path: string;
  private readonly rereading: PeriodicTask;
  private readonly listeners: (() => void)[] = [];
  private keys: SigningKey[];
  private readAt: number;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    this.path = config.SIGNING_KEYS_FILE;
    if (!existsSync(this.path)) {
      if (config.NODE_ENV !== 'development')
        throw new Error(`SIGNING_KEYS_FILE: there is no file ${this.path}`);
      createKeyFile(this.path);
    }
    this.readAt = statSync(this.path).mtimeMs;
    this.keys = readKeyFile(this.path).map(signingKeyOf);
    this.rereading = new PeriodicTask(() => this.rereadChangedFile(), {
      everyMs: rereadEveryMs,
      onError: (error) => this.logger.error({ err: error }, 'the signing keys cannot be read again'),
    });
  }

  /** Reads the file again from here on: a gateway that could not start has no timer. */
  onApplicationBootstrap(): void {
    this.rereading.start();
  }

  /** The key to sign with now. */
  signer(): SigningKey {
    const key = signerAt(this.keys, Date.now());
    if (!key) throw new Error('There is no key to sign with.');
    return key;
  }

  keyOf(kid: string): Promise<KeyObject | undefined> {
    return Promise.resolve(this.published().find((key) => key.kid === kid)?.publicKey);
  }

  /** The public keys, as `/.well-known/jwks.json` shows them. */
  jwks(): Jwks {
    return {
      keys: this.published().map(({ kid, publicKey }) => {
        const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
        return { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' };
      }),
    };
  }

  /** Calls back when the keys have changed: a token that was good may be so no more. */
  onChanged(listener: () => void): void {
    this.listeners.push(listener);
  }

  onApplicationShutdown(): Promise<void> {
    return this.rereading.stop();
  }

  private published(): SigningKey[] {
    return keysInUse(this.keys, Date.now());
  }

  private rereadChangedFile(): void {
    const changedAt = statSync(this.path).mtimeMs;
    if (changedAt === this.readAt) return;
    this.keys = readKeyFile(this.path).map(signingKeyOf);
    this.readAt = changedAt;
    for (const listener of this.listeners) listener();
    const state = { signer: this.signer().kid, published: this.published().length };
    this.logger.log(state, 'signing keys read again');
  }
}
