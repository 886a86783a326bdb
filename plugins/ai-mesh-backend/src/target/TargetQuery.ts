import type { LabelRequirement } from './LabelSelector';

/** A Service that an annotation names, on one cluster or on any. */
export interface NamedService {
  cluster?: string;
  namespace: string;
  name: string;
}

/** What an entity's annotation asks for. */
export type TargetQuery = {
  /** The annotation that decided, and its value. */
  annotation: string;
  value: string;
} & (
  | { find: 'services'; services: readonly NamedService[] }
  | {
      find: 'labels';
      requirements: readonly LabelRequirement[];
      /** As written, for a person. */
      selector: string;
      namespace?: string;
      cluster?: string;
    }
);
