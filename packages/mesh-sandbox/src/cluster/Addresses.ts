/** Hands out addresses of pods and Services, each once. */
export class Addresses {
  private pods = 0;
  private services = 0;

  nextPod(): string {
    this.pods += 1;
    return `10.244.${address(this.pods)}`;
  }

  nextService(): string {
    this.services += 1;
    return `10.96.${address(this.services)}`;
  }
}

function address(n: number): string {
  return `${Math.floor(n / 250) % 256}.${(n % 250) + 2}`;
}
