import type { Server } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PeriodicTask } from '@registrar/async';

const closeIdleEveryMs = 50;

/**
 * Lets kept connections go when the gateway stops, each as soon as its request is answered; otherwise the server
 * would wait for their clients until the keep-alive time is over.
 */
@Injectable()
export class ConnectionDrain implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ConnectionDrain.name);

  constructor(private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.prependListener('request', (_request, response) => (response.shouldKeepAlive = false));
    const closing = new PeriodicTask(() => server.listening || server.closeIdleConnections(), {
      everyMs: closeIdleEveryMs,
      onError: (error) => this.logger.error({ err: error }, 'idle connections cannot be closed'),
    });
    closing.start();
    server.on('close', () => void closing.stop());
  }
}
