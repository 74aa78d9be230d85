import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import type { ServiceAnswer } from '@registrar/auth';
import { exportRoutes, exportedRows } from '@registrar/privacy';
import type { ExportedRows } from '@registrar/privacy';
import { CONFIG, serviceUnavailable } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';

type Urls = Pick<GatewayConfig, 'COURSES_URL' | 'ENROLLMENTS_URL' | 'NOTIFICATIONS_URL'>;

/**
 * What the other services keep of a person.
 *
 * Failure: Problem 503 or 504 where one of them does not answer: a part is never left out.
 */
@Injectable()
export class ServicesData implements OnApplicationShutdown {
  private readonly clients: readonly ServiceClient[];

  constructor(tokens: ServiceTokens, @Inject(CONFIG) config: Urls) {
    this.clients = [
      new ServiceClient('courses', config.COURSES_URL, tokens),
      new ServiceClient('enrollments', config.ENROLLMENTS_URL, tokens),
      new ServiceClient('notifications', config.NOTIFICATIONS_URL, tokens),
    ];
  }

  async of(id: string): Promise<ExportedRows> {
    const ask = { params: { id } };
    const answers = await Promise.all(
      this.clients.map((client) => client.call(exportRoutes.exportPersonalData, ask)),
    );
    return Object.assign({}, ...answers.map(rowsIn)) as ExportedRows;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close()));
  }
}

function rowsIn({ status, body }: ServiceAnswer): ExportedRows {
  const rows = exportedRows.safeParse(body);
  if (status === 200 && rows.success) return rows.data;
  const detail = 'Your data cannot be collected right now. Try again in a few seconds.';
  throw serviceUnavailable(detail, new Error(`A service answered ${status}.`));
}
