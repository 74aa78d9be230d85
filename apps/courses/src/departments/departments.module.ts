import { Module } from '@nestjs/common';
import { DepartmentsController } from './departments.controller.ts';
import { DepartmentsService } from './departments.service.ts';

/** Departments: read by everybody, stated by registrars. */
@Module({
  controllers: [DepartmentsController],
  providers: [DepartmentsService],
  exports: [DepartmentsService],
})
export class DepartmentsModule {}
