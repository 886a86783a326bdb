import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import { z } from 'zod';
import { explainIssue } from './explainIssues';
import { link } from './clustersSchema';
import { dialect, limits, objectives, podLabels, price } from './sloSchema';

type Price = z.output<typeof price>;

/** `aiMesh.slo`, and what of it could not be read. */
export interface SloSettings {
  objectives: z.output<typeof objectives>[];
  prices: (Omit<Price, 'validFrom'> & { validFrom: Date })[];
  dialects: MetricDialect[];
  links: z.output<typeof link>[];
  podLabels: z.output<typeof podLabels>;
  limits: z.output<typeof limits>;
  problems: string[];
}

/** What is promised of every model where nobody says otherwise. */
const DEFAULT_OBJECTIVES = {
  models: ['*'],
  availability: { targetPercent: 99.5 },
  latency: { targetPercent: 99, threshold: '30s' },
};

/** The whole section, for naming what is near a mistyped key. */
const section = z.object({
  slo: z.strictObject({
    objectives: z.array(objectives),
    prices: z.array(price),
    dialects: z.array(dialect),
    links: z.array(link),
    podLabels,
    limits,
  }),
});

/**
 * Reads `aiMesh.slo`. A mistake in a price costs that price and nothing else: it becomes a sentence that names the key, for
 * the screen, because a portal that does not start tells nobody.
 */
export function readSloSettings(value: unknown): SloSettings {
  const problems: string[] = [];
  const explain = (path: (string | number)[], issues: z.core.$ZodIssue[]) =>
    problems.push(
      ...issues.flatMap(issue =>
        explainIssue(section, {
          ...issue,
          path: ['slo', ...path, ...issue.path],
        }),
      ),
    );
  const given = z.record(z.string(), z.unknown()).safeParse(value ?? {});
  if (!given.success) {
    explain([], given.error.issues);
  }
  const known = Object.keys(section.shape.slo.shape);
  const slo = given.success ? given.data : {};
  const strangers = Object.keys(slo).filter(key => !known.includes(key));
  if (strangers.length > 0) {
    explain(
      [],
      [
        {
          code: 'unrecognized_keys',
          keys: strangers,
          path: [],
          message: '',
          input: slo,
        },
      ],
    );
  }
  const list = <T extends z.ZodType>(key: string, item: T): z.output<T>[] => {
    const items = z.array(z.unknown()).safeParse(slo[key] ?? []);
    if (!items.success) {
      explain([key], items.error.issues);
      return [];
    }
    return items.data.flatMap((one, index) => {
      const parsed = item.safeParse(one);
      if (!parsed.success) {
        explain([key, index], parsed.error.issues);
        return [];
      }
      return [parsed.data];
    });
  };
  const labels = podLabels.safeParse(slo.podLabels ?? {});
  if (!labels.success) {
    explain(['podLabels'], labels.error.issues);
  }
  const most = limits.safeParse(slo.limits ?? {});
  if (!most.success) {
    explain(['limits'], most.error.issues);
  }
  return {
    objectives:
      slo.objectives === undefined
        ? [objectives.parse(DEFAULT_OBJECTIVES)]
        : list('objectives', objectives),
    prices: list('prices', price).map(({ validFrom, ...rest }) => ({
      ...rest,
      validFrom: new Date(validFrom),
    })),
    dialects: list('dialects', dialect),
    links: list('links', link),
    podLabels: labels.success ? labels.data : podLabels.parse({}),
    limits: most.success ? most.data : limits.parse({}),
    problems,
  };
}
