import { Body, Controller, Header, Headers, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { CurrentUser, Tokenless } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { loginRequest, refreshRequest } from '@registrar/contracts-gateway';
import type { LoginRequest, RefreshRequest } from '@registrar/contracts-gateway';
import { AuditLog } from '../audit/audit-log.ts';
import { ClientAddress } from '../../http/client-address.ts';
import { Devices } from '../sign-in/devices.ts';
import { RememberDevice } from '../sign-in/remember-device.interceptor.ts';
import { SignInService } from '../sign-in/sign-in.service.ts';
import { SessionService } from './session.service.ts';

/** Signing in, going on and signing out. */
@Controller('api/auth')
export class SessionController {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: SessionService,
    private readonly devices: Devices,
    private readonly audit: AuditLog,
  ) {}

  @Tokenless()
  @Post('login')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @UseInterceptors(RememberDevice)
  login(
    @Body({ schema: loginRequest }) body: LoginRequest,
    @ClientAddress() address: string,
    @Headers('cookie') cookies: string | undefined,
  ) {
    return this.signIn.signIn(body, address, this.devices.known(cookies, body.email));
  }

  @Tokenless()
  @Post('refresh')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  refresh(@Body({ schema: refreshRequest }) { refreshToken }: RefreshRequest) {
    return this.sessions.refresh(refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  async logout(@CurrentUser() user: Identity, @ClientAddress() address: string): Promise<void> {
    await this.sessions.end(user, 'logout');
    this.audit.record({ action: 'logout', outcome: 'succeeded', actorId: user.id, address });
  }
}
