import type { Server } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

const lookEveryMs = 50;

/**
 * Lets kept connections go when the gateway stops, each as soon as its request is answered; otherwise the server
 * would wait for their clients until the keep-alive time is over.
 */
@Injectable()
export class ConnectionDrain implements BeforeApplicationShutdown {
  constructor(private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.prependListener('request', (_request, response) => (response.shouldKeepAlive = false));
    const timer = setInterval(() => {
      if (!server.listening) server.closeIdleConnections();
    }, lookEveryMs);
    server.on('close', () => clearInterval(timer));
  }
}
