import { describe, expect, it } from 'vitest';
import { runBareService } from '../testing/bare-service.ts';

/** Notes the addresses that it listens on, the management port's first. */
const noteAddresses = `
  import { Server } from 'node:net';
  const addresses = [];
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...args) {
    this.once('listening', () => addresses.push(this.address().address));
    return listen.apply(this, args);
  };
`;

const addressesWith = (variables: Record<string, string>) =>
  runBareService<string[]>(noteAddresses, 'addresses', variables);

describe('the management port', () => {
  it('stays on loopback where HOST opens the public port to every address', async () => {
    expect(await addressesWith({ HOST: '0.0.0.0' })).toEqual(['127.0.0.1', '0.0.0.0']);
  });

  it('is opened by MANAGEMENT_HOST alone', async () => {
    expect(await addressesWith({ MANAGEMENT_HOST: '0.0.0.0' })).toEqual(['0.0.0.0', '127.0.0.1']);
  });
});
