/** Words of an IPv6 address that name a network: a /64, the least that a provider gives one customer. */
const networkWords = 4;
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const dottedTail = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/;

/**
 * The group of addresses that a limit by address counts as one client: an IPv4 address alone, an IPv6 address with
 * the rest of its /64, as a client that has one address of it can use all of them. An IPv4-mapped IPv6 address is
 * its IPv4 address. Two spellings of an address give the same group; what is no address is a group of its own.
 */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address;
  const v4 = mapped.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  const words = wordsOf(address);
  if (!words) return address;
  if (words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff) return dotted(words.slice(6));
  const network = words.slice(0, networkWords).map((word) => word.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight words of an IPv6 address; undefined where it is none. A zone (`%eth0`) does not count. */
function wordsOf(address: string): number[] | undefined {
  const [plain = ''] = address.split('%', 1);
  const halves = plain.replace(dottedTail, hexTail).split('::');
  if (halves.length > 2) return undefined;
  const [front = [], back = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - front.length - back.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const words = [...front, ...Array<string>(missing).fill('0'), ...back];
  if (!words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  return words.map((word) => Number.parseInt(word, 16));
}

function hexTail(_: string, ...bytes: string[]): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function dotted(words: number[]): string {
  return words.flatMap((word) => [word >> 8, word & 255]).join('.');
}
