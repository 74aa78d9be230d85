import { Module } from '@nestjs/common';
import { AuthModule, KEY_SOURCE, TokenVerifier } from '@registrar/auth';
import { PrivacyModule } from '@registrar/privacy';
import { AccountsModule } from './accounts/accounts.module.ts';
import { BootstrapModule } from './bootstrap/bootstrap.module.ts';
import { CampusSignInModule } from './campus-sign-in/campus-sign-in.module.ts';
import { ClientsModule } from './clients/clients.module.ts';
import { ConfirmationsModule } from './confirmations/confirmations.module.ts';
import { ErasureModule } from './erasure/erasure.module.ts';
import { ExportModule } from './export/export.module.ts';
import { KeysModule } from './keys/keys.module.ts';
import { SigningKeys } from './keys/signing-keys.ts';
import { MailsModule } from './mails/mails.module.ts';
import { PasswordsModule } from './passwords/passwords.module.ts';
import { ResetsModule } from './resets/resets.module.ts';
import { RevocableVerifier } from './revocations/revocable-verifier.ts';
import { RevocationsModule } from './revocations/revocations.module.ts';
import { SignInModule } from './sign-in/sign-in.module.ts';
import { SignUpModule } from './sign-up/sign-up.module.ts';
import { UserImportModule } from './user-import/user-import.module.ts';
import { UsersModule } from './users/users.module.ts';
import { WebSessionModule } from './web-session/web-session.module.ts';

/**
 * Accounts, sessions, passwords, sign-in by the campus, API clients and privacy: the modules of the folders here.
 * Keys and revocations are apart, as verifying tokens needs no more.
 */
@Module({
  imports: [
    AuthModule.forRoot(
      { provide: KEY_SOURCE, useExisting: SigningKeys },
      { provide: TokenVerifier, useClass: RevocableVerifier },
      [KeysModule, RevocationsModule],
    ),
    PrivacyModule,
    AccountsModule,
    UsersModule,
    RevocationsModule,
    BootstrapModule,
    CampusSignInModule,
    ClientsModule,
    ConfirmationsModule,
    ErasureModule,
    ExportModule,
    MailsModule,
    PasswordsModule,
    ResetsModule,
    SignInModule,
    SignUpModule,
    UserImportModule,
    WebSessionModule,
  ],
  providers: [{ provide: RevocableVerifier, useExisting: TokenVerifier }],
  exports: [AccountsModule, UsersModule, RevocableVerifier, RevocationsModule],
})
export class IdentityModule {}
