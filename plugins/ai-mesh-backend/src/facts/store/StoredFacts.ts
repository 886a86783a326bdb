import type {
  Fact,
  FactPoint,
  FactValue,
  FindingCode,
} from '@ai-mesh/plugin-ai-mesh-common';

import type { EntityModels } from '../core/entityModels';

/** Names and values at one moment; null: it was unknown. */
export type FactValues = FactPoint['values'];

/** What is kept of one entity's facts. */
export interface StoredFacts {
  entityRef: string;
  /** Of the definitions. */
  version: number;
  /** ISO 8601 */
  observedAt: string;
  facts: Record<string, Fact>;
}

/** Which models an entity used, and what its review found. */
export interface StoredModels {
  entityRef: string;
  /** ISO 8601 */
  observedAt: string;
  models: EntityModels;
  /** Absent: not known. */
  findingCodes?: readonly FindingCode[];
}

/** When an entity has its next turn, and what brings it forward. */
export interface FactTurn {
  entityRef: string;
  /** ISO 8601 */
  dueAt: string;
  /** ISO 8601; absent: its facts were never computed. */
  observedAt?: string;
  places: readonly string[];
  etag?: string;
  /** ISO 8601; absent: the catalog has it. */
  goneAt?: string;
}

/** A value for the history. */
export function valueOf(fact: Fact | undefined): FactValue | null {
  return fact?.status === 'known' ? fact.value : null;
}

export function valuesOf(facts: Readonly<Record<string, Fact>>): FactValues {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, valueOf(fact)]),
  );
}
