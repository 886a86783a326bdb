import { wording, type Slos, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import { otherSpellings, resolveDialect } from './resolveDialect';
import type { SeriesInventory } from './SeriesInventory';
import { shortened } from '../../shortened';

/** The dialect that an entity is read in; none where no series of any exists. */
export interface DialectChoice extends Omit<
  Slos['dialect'],
  'name' | 'notes' | 'noteWords'
> {
  dialect?: MetricDialect;
  /** Names of its metrics that no documentation has. */
  spellings: string[];
  notes: Words[];
}

/**
 * The richest dialect that has series, or the one that the entity's annotation asks for.
 *
 * @param dialects - richest first
 */
export function chooseDialect(
  dialects: readonly MetricDialect[],
  inventory: SeriesInventory,
  forced: string | undefined,
): DialectChoice {
  const names = inventory.names();
  const resolved = dialects.map(dialect => resolveDialect(dialect, names));
  const present = resolved.filter(dialect => inventory.has(dialect));
  const spellingsOf = (chosen: MetricDialect | undefined) =>
    chosen ? otherSpellings(dialects[resolved.indexOf(chosen)], chosen) : [];
  const others = (chosen?: MetricDialect) =>
    present.filter(one => one !== chosen).map(({ name }) => name);
  const wanted = resolved.find(({ name }) => name === forced);
  if (wanted) {
    return {
      dialect: wanted,
      chosenBy: 'annotation',
      spellings: spellingsOf(wanted),
      alsoPresent: others(wanted),
      notes: present.includes(wanted)
        ? []
        : [wording('dialect.wantedSilent', { dialect: wanted.name })],
    };
  }
  return {
    dialect: present[0],
    chosenBy: 'detected',
    spellings: spellingsOf(present[0]),
    alsoPresent: others(present[0]),
    notes: forced
      ? [
          wording('dialect.wantedNone', {
            dialect: shortened(forced, 60),
            known: dialects.map(({ name }) => name).join(', '),
          }),
        ]
      : [],
  };
}
