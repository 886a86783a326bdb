import { createHash } from 'crypto';

/** Addresses of a /16 network. What an owner gets depends on its name, so worlds look the same at every start. */
export class AddressPool {
  private readonly owners = new Map<string, string>();
  private readonly addresses = new Map<string, string>();

  /** @param prefix - the first two numbers: `10.244` */
  constructor(private readonly prefix: string) {}

  /** The address of an owner, its own until it is released. */
  take(owner: string): string {
    const address = this.propose(owner);
    this.reserve(owner, address);
    return address;
  }

  /** The address that an owner has, or would get. */
  propose(owner: string): string {
    const known = this.addresses.get(owner);
    if (known) {
      return known;
    }
    const start = createHash('sha256').update(owner).digest().readUInt16BE();
    for (let step = 0; step < 65_536; step += 1) {
      const address = this.address((start + step) % 65_536);
      if (!this.owners.has(address)) {
        return address;
      }
    }
    throw new Error(`no address is left in ${this.prefix}.0.0/16`);
  }

  /** Notes an address that an owner has already. */
  reserve(owner: string, address: string): void {
    this.owners.set(address, owner);
    this.addresses.set(owner, address);
  }

  release(owner: string): void {
    const address = this.addresses.get(owner);
    if (address !== undefined) {
      this.addresses.delete(owner);
      this.owners.delete(address);
    }
  }

  /** No address ends in 0 or 255. */
  private address(number: number): string {
    return `${this.prefix}.${number >> 8}.${1 + ((number & 255) % 254)}`;
  }
}
