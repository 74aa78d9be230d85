import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.ts';
import { MailBacklog } from './mail-backlog.ts';

/** Measures what waits. */
@Module({ imports: [MailModule], providers: [MailBacklog] })
export class OperationsModule {}
