import { Module } from '@nestjs/common';
import { AuthModule, KEY_SOURCE, TokenVerifier } from '@registrar/auth';
import { AuditModule } from './audit/audit.module.ts';
import { KeysModule } from './keys/keys.module.ts';
import { SigningKeys } from './keys/signing-keys.ts';
import { PasswordsModule } from './passwords/passwords.module.ts';
import { PeopleModule } from './people/people.module.ts';
import { RegistrationModule } from './registration/registration.module.ts';
import { ResetsModule } from './resets/resets.module.ts';
import { RevocableVerifier } from './revocations/revocable-verifier.ts';
import { RevocationsModule } from './revocations/revocations.module.ts';
import { SessionsModule } from './sessions/sessions.module.ts';
import { SignInModule } from './sign-in/sign-in.module.ts';

/** Who people are, how they come in, and which of their tokens count. */
@Module({
  imports: [
    AuthModule.forRoot(
      { provide: KEY_SOURCE, useExisting: SigningKeys },
      { provide: TokenVerifier, useClass: RevocableVerifier },
      [KeysModule, RevocationsModule],
    ),
    AuditModule,
    PasswordsModule,
    PeopleModule,
    RegistrationModule,
    ResetsModule,
    RevocationsModule,
    SessionsModule,
    SignInModule,
  ],
  providers: [{ provide: RevocableVerifier, useExisting: TokenVerifier }],
  exports: [AuditModule, PeopleModule, RevocableVerifier, RevocationsModule],
})
export class IdentityModule {}
