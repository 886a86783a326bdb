import { allSaid, type Source } from '@ai-mesh/plugin-ai-mesh-common';
import type {
  KialiClient,
  KialiServiceHealth,
  KialiValidation,
} from '../kiali/KialiClient';
import { SourceError } from '../target/SourceError';

/** What Kiali said, as far as it answered. */
export interface KialiAnswer {
  /** Undefined: nothing came back, so nothing can be said of any service. */
  views?: {
    health: KialiServiceHealth[];
    validations: KialiValidation[];
  };
  source: Source;
}

/** Asks Kiali for some namespaces. What it refuses becomes a row of the answer's sources, and nothing else. */
export async function askKiali(
  cluster: string,
  kiali: KialiClient,
  namespaces: string[],
  now: Date,
): Promise<KialiAnswer> {
  const row = { name: 'kiali' as const, cluster };
  const [health, validations] = await Promise.all([
    outcome(kiali.health(namespaces)),
    outcome(kiali.validations(namespaces)),
  ]);
  const failures = [health, validations].flatMap(({ error }) => error ?? []);
  const message = allSaid(...failures.map(({ sentences }) => sentences));
  if (failures.length === 2) {
    return {
      source: {
        ...row,
        status:
          failures[0].reason === 'forbidden' ? 'forbidden' : 'unreachable',
        ...message,
      },
    };
  }
  return {
    views: {
      health: health.value ?? [],
      validations: validations.value?.validations ?? [],
    },
    source: {
      ...row,
      status: failures.length > 0 ? 'partial' : 'ok',
      // Its checks may be older than the question; an answer is as old as its oldest part.
      observedAt: (validations.value?.observedAt ?? now).toISOString(),
      ...message,
    },
  };
}

async function outcome<T>(
  answer: Promise<T>,
): Promise<{ value?: T; error?: SourceError }> {
  try {
    return { value: await answer };
  } catch (error) {
    if (error instanceof SourceError) {
      return { error };
    }
    throw error;
  }
}
