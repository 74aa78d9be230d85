import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { UserImportService } from './user-import.service.ts';

/** Files of users. */
@Controller()
export class UserImportController {
  constructor(private readonly imports: UserImportService) {}

  @Endpoint(routes.importUsers)
  importFile(call: Call<typeof routes.importUsers>, @ClientAddress() address: string) {
    const { user, query, body, idempotency } = call;
    return this.imports.importFile({
      user,
      address,
      file: body,
      isDryRun: query.dryRun,
      request: idempotency,
    });
  }
}
