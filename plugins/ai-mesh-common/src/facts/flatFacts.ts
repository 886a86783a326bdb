import type { EntityFacts, FactValue } from '../api';

/** An entity's facts as names and values, for whoever computes with them: one that is unknown is absent. @public */
export function flatFacts({
  facts,
}: Pick<EntityFacts, 'facts'>): Record<string, FactValue> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, fact]) =>
      fact.status === 'known' ? [[name, fact.value]] : [],
    ),
  );
}
