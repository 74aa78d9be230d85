import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressGroup } from './address-group.rules.ts';

describe('the group of an address', () => {
  it('is an IPv4 address itself', () => {
    expect(addressGroup('203.0.113.7')).toBe('203.0.113.7');
    expect(addressGroup('203.0.113.8')).not.toBe(addressGroup('203.0.113.7'));
  });

  it.each(['::ffff:203.0.113.7', '::FFFF:203.0.113.7', '::ffff:cb00:7107', '0:0:0:0:0:ffff:203.0.113.7'])(
    'is the IPv4 address that %s stands for',
    (mapped) => expect(addressGroup(mapped)).toBe('203.0.113.7'),
  );

  it('is the /64 of an IPv6 address, however it is spelt', () => {
    const group = '2001:db8:1:2::/64';
    for (const address of [
      '2001:db8:1:2::1',
      '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff',
      '2001:db8:1:2:3:4:5.6.7.8',
      '2001:db8:1:2::1%eth0',
    ])
      expect(addressGroup(address)).toBe(group);
    expect(addressGroup('2001:db8:1:3::1')).not.toBe(group);
    expect(addressGroup('::1')).toBe('0:0:0:0::/64');
    expect(addressGroup('fe80::')).toBe('fe80:0:0:0::/64');
  });

  it('is the same for all addresses of a /64, and another for those of another', () => {
    const word = fc.nat(0xffff).map((value) => value.toString(16));
    const words = (count: number) => fc.array(word, { minLength: count, maxLength: count });
    fc.assert(
      fc.property(words(4), words(4), words(4), words(4), (network, other, one, two) => {
        const of = (...parts: string[][]) => addressGroup(parts.flat().join(':'));
        expect(of(network, one)).toBe(of(network, two));
        const isSame = network.join() === other.join();
        if (!network.every((each) => each === '0')) expect(of(network, one) === of(other, one)).toBe(isSame);
      }),
    );
  });

  it.each(['unknown', '', ':', ':::', '1:2', '1:2:3:4:5:6:7:8:9', 'g::1', '12345::', '203.0.113.7:443'])(
    'is %j itself, which is no address',
    (text) => expect(addressGroup(text)).toBe(text),
  );
});
