import { Module } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { IdempotentRequests } from './idempotent-requests.ts';

/**
 * Provides `IdempotentRequests`, one for the application, to the modules that import it. The service declares the
 * table `idempotent_requests`, and imports `DynamoModule`.
 */
@Module({
  providers: [
    {
      provide: IdempotentRequests,
      inject: [Dynamo],
      useFactory: (dynamo: Dynamo) => new IdempotentRequests(dynamo),
    },
  ],
  exports: [IdempotentRequests],
})
export class IdempotencyModule {}
