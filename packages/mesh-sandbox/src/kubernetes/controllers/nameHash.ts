import { createHash } from 'crypto';
import { isJsonObject } from '../patch/Json';

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

/** Tells revisions of a pod template apart, whatever order its fields came in; `null` is no field. */
export function templateHash(template: unknown): string {
  return nameHash(JSON.stringify(template, withSortedFields), 10);
}

function withSortedFields(_key: string, value: unknown): unknown {
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, field]) => field !== null)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
}
