import { Module } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../config/gateway-config.ts';
import { Portal } from './portal.ts';
import { readPortal } from './read-portal.ts';

/** The portal's files, read once at start; none without `PORTAL_DIR`. */
@Module({
  providers: [
    {
      provide: Portal,
      useFactory: ({ PORTAL_DIR }: GatewayConfig) =>
        PORTAL_DIR === undefined ? new Portal(new Map(), [], undefined) : readPortal(PORTAL_DIR),
      inject: [CONFIG],
    },
  ],
  exports: [Portal],
})
export class PortalModule {}
