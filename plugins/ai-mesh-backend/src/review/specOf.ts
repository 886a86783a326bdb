import type { KubernetesObject } from '../kubernetes/kinds';
import { Field } from '../routes/Field';

/** An object's spec, to be read without being reported on: what is unreadable in it is told once for the whole object. */
export function specOf({ spec }: Pick<KubernetesObject, 'spec'>): Field {
  return new Field(spec, 'spec', () => undefined);
}
