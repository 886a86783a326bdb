import { said, wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { SloObjective } from './SloObjective';

/** Objectives of the models that a pattern names, as the configuration has them. */
export interface DefaultObjectives {
  /** Names, or patterns with `*`. */
  models: readonly string[];
  periodSeconds: number;
  availability?: { target: number; fallbacksAreBad: boolean };
  latency?: { target: number; thresholdMs: number };
}

const CONFIGURATION = 'configuration';

/** The objectives of entities that write none themselves. A model has those of the first pattern that names it. */
export function defaultObjectives(
  defaults: readonly DefaultObjectives[],
): SloObjective[] {
  return defaults.flatMap(
    ({ models, periodSeconds, availability, latency }, index) => {
      const exclude = defaults.slice(0, index).flatMap(one => one.models);
      const everything = models.includes('*') && exclude.length === 0;
      const suffix = index === 0 ? '' : `-${index + 1}`;
      const shared = {
        periodSeconds,
        source: CONFIGURATION,
        ...(!everything && { models: { include: models, exclude } }),
      };
      return [
        ...(availability
          ? [
              {
                ...shared,
                id: `default-availability${suffix}`,
                ...named(wording('objective.availability')),
                target: availability.target,
                indicator: {
                  kind: 'availability' as const,
                  fallbacksAreBad: availability.fallbacksAreBad,
                },
              },
            ]
          : []),
        ...(latency
          ? [
              {
                ...shared,
                id: `default-latency${suffix}`,
                ...named(
                  wording('objective.latency', {
                    underSeconds: latency.thresholdMs / 1000,
                  }),
                ),
                target: latency.target,
                indicator: {
                  kind: 'latency' as const,
                  thresholdMs: latency.thresholdMs,
                },
              },
            ]
          : []),
      ];
    },
  );
}

function named(words: Words): Pick<SloObjective, 'name' | 'nameWords'> {
  return { name: said(words).message, nameWords: [words] };
}
