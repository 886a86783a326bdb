import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';

/** What labels say of a model. */
export interface ModelIdentity {
  /** The name that was asked for, else the one that answered; `unknown` where no label says. */
  model: string;
  answeredBy?: string;
  provider?: string;
}

export const NAMELESS_MODEL = 'unknown';

/**
 * Which model a series is about. A request that failed has no model that answered, so the name that was asked for
 * comes first: else its errors would belong to another model than its successes.
 */
export function modelIdentity(
  { modelLabels, answeredByLabel, providerLabels }: MetricDialect,
  labels: Readonly<Record<string, string>>,
): ModelIdentity {
  const first = (names: readonly string[]) =>
    names.map(name => labels[name]).find(Boolean);
  const model = first(modelLabels) ?? NAMELESS_MODEL;
  const answeredBy = answeredByLabel && labels[answeredByLabel];
  return {
    model,
    ...(answeredBy && answeredBy !== model && { answeredBy }),
    ...(first(providerLabels) && { provider: first(providerLabels) }),
  };
}
