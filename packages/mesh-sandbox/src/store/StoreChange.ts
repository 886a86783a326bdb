import { KubeObject } from './KubeObject';

/** One change of one object. Changes are delivered in the order of their versions. */
export interface StoreChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  group: string;
  kind: string;
  /** The object after the change; of a deletion, as it was last, at the deletion's version. */
  object: KubeObject;
  /** The object before the change. */
  previous?: KubeObject;
  /** `object.metadata.resourceVersion` as a number. */
  version: number;
}
