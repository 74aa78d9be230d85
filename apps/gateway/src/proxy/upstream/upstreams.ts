import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import type { UpstreamName } from '../../routes/routes.ts';
import { ServiceAddresses } from './service-addresses.ts';

/** The services behind the gateway. */
@Injectable()
export class Upstreams implements OnApplicationShutdown {
  private readonly services: Record<UpstreamName, ServiceAddresses>;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    this.services = {
      courses: new ServiceAddresses('courses', config.COURSES_URL),
      enrollments: new ServiceAddresses('enrollments', config.ENROLLMENTS_URL),
      notifications: new ServiceAddresses('notifications', config.NOTIFICATIONS_URL),
    };
  }

  of(service: UpstreamName): ServiceAddresses {
    return this.services[service];
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.services).map((addresses) => addresses.close()));
  }
}
