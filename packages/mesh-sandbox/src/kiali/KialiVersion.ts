/** A version of Kiali, and what of its API it decides. */
export class KialiVersion {
  private readonly parts: number[];

  constructor(readonly text: string) {
    this.parts = text.split('.').map(Number);
    if (this.parts.length < 2 || this.parts.some(Number.isNaN)) {
      throw new Error(`"${text}" is no version of Kiali; 2.31.0 is one`);
    }
  }

  atLeast(major: number, minor: number): boolean {
    const [ownMajor, ownMinor] = this.parts;
    return ownMajor > major || (ownMajor === major && ownMinor >= minor);
  }

  /** The session's cookie. */
  cookieName(cluster: string): string {
    return this.atLeast(1, 87) ? `kiali-token-${cluster}` : 'kiali-token-aes';
  }
}
