import { BlockList, isIP } from 'net';

/**
 * Whether an address lies in a block: `10.0.0.0/8`, `2001:db8::/32`, or a single address.
 *
 * @returns undefined where one of the two is no address
 */
export function inBlock(block: string, address: string): boolean | undefined {
  const [base, bits, ...more] = block.split('/');
  const family = isIP(base);
  const ofAddress = isIP(address);
  const prefix = bits === undefined ? lengthOf(family) : Number(bits);
  if (
    family === 0 ||
    ofAddress === 0 ||
    more.length > 0 ||
    !/^\d+$/.test(bits ?? '0') ||
    prefix > lengthOf(family)
  ) {
    return undefined;
  }
  const blocks = new BlockList();
  blocks.addSubnet(base, prefix, nameOf(family));
  return blocks.check(address, nameOf(ofAddress));
}

function lengthOf(family: number): number {
  return family === 6 ? 128 : 32;
}

function nameOf(family: number): 'ipv4' | 'ipv6' {
  return family === 6 ? 'ipv6' : 'ipv4';
}
