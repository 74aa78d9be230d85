import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One thing that is asked of a provider, and how it answers. */
interface AgreedCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** What a provider was asked; the body is undefined where there was none. */
interface AskedCall {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly body: unknown;
}

/** Stands for a provider in the tests of who asks it: answers exactly as agreed, and 500 to all else. */
export class PactProvider {
  /** What it was asked, in order. */
  readonly asked: AskedCall[] = [];
  private readonly server = createServer((request, response) => {
    void request.toArray().then((chunks: Buffer[]) => {
      const { method, url: path } = request;
      const text = Buffer.concat(chunks).toString();
      this.asked.push({ method, path, body: text === '' ? undefined : (JSON.parse(text) as unknown) });
      const agreed = this.calls.find((call) => call.path === path && call.method === method);
      response.writeHead(agreed?.status ?? 500).end(JSON.stringify(agreed?.answer ?? {}));
    });
  });

  private constructor(private readonly calls: readonly AgreedCall[]) {}

  /** A provider that listens; `pact` is what it agreed to, by names that do not matter here. */
  static async start(pact: Readonly<Record<string, AgreedCall>>): Promise<PactProvider> {
    const provider = new PactProvider(Object.values(pact));
    provider.server.listen(0, '127.0.0.1');
    await once(provider.server, 'listening');
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What one agreed call looks like when it is asked. */
  static askedAs({ method, path, body }: AgreedCall): AskedCall {
    return { method, path, body };
  }

  async stop(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}
