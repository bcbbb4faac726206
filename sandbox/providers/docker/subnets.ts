import { randomInt } from 'node:crypto';

/** A piece of the configured range: 16 addresses, of which a network uses up to 13 and its gateway. */
export interface Subnet {
  cidr: string;
  /** The address of the machine itself in it. */
  gateway: string;
  /** @param index from 0, below 13 */
  address(index: number): string;
}

const PIECE_BITS = 28;
const PIECE_SIZE = 16;
const MOST_ADDRESSES = 13;

/** Yields pieces of a range endlessly, from a random one onwards, so that two servers on one machine seldom try the same. */
export function* subnetsOf(range: string, start = randomInt(2 ** 31)): Generator<Subnet> {
  const [base = '', bits] = range.split('/');
  const count = 2 ** (PIECE_BITS - Number(bits));
  if (!(count >= 1)) throw new RangeError(`${range} is too small: it must hold 16 addresses or more`);
  const first = Math.floor(toNumber(base) / PIECE_SIZE / count) * count;
  for (let index = start % count; ; index = (index + 1) % count) yield subnetAt((first + index) * PIECE_SIZE);
}

function subnetAt(first: number): Subnet {
  return {
    cidr: `${toText(first)}/${PIECE_BITS}`,
    gateway: toText(first + 1),
    address(index) {
      if (index >= MOST_ADDRESSES) throw new RangeError('a network of 16 addresses has no further address');
      return toText(first + 2 + index);
    },
  };
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
