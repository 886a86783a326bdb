import { createHash } from 'crypto';

/** The letters of Kubernetes' generated names: no vowels, so that no words appear. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** A name part as Kubernetes generates them, but always the same for the same seed. */
export function nameHash(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest();
  return Array.from(
    { length },
    (_, index) => letters[digest[index] % letters.length],
  ).join('');
}

/** Tells revisions of a pod template apart. */
export function templateHash(template: unknown): string {
  return nameHash(JSON.stringify(template), 10);
}
