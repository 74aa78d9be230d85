import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { TransferService } from './transfer.service.ts';

/** Moving students to another section. */
@Controller()
export class TransferController {
  constructor(private readonly transfers: TransferService) {}

  @Endpoint(routes.transferStudents)
  transfer({ user, params, body, idempotency }: Call<typeof routes.transferStudents>) {
    return this.transfers.transfer(user, params.id, body, idempotency);
  }
}
