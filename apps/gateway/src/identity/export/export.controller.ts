import { Controller, StreamableFile } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { ExportService } from './export.service.ts';

/** Everything about oneself, to download. */
@Controller()
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Endpoint(routes.exportOwnData)
  begin({ user, idempotency }: Call<typeof routes.exportOwnData>, @ClientAddress() address: string) {
    return this.exports.begin(user, idempotency, address);
  }

  @Endpoint(routes.getOwnExport)
  async download({ user, params }: Call<typeof routes.getOwnExport>, @ClientAddress() address: string) {
    const file = await this.exports.download(user, params.id, address);
    return new StreamableFile(file, {
      type: 'application/zip',
      disposition: 'attachment; filename="registrar-export.zip"',
    });
  }
}
