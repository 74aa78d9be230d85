import { Module } from '@nestjs/common';
import { DocumentsController } from './documents.controller.ts';

/** The documents of the API. */
@Module({ controllers: [DocumentsController] })
export class ApiDocsModule {}
