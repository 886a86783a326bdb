import type {
  CounterSpec,
  DurationSpec,
  ErrorSpec,
  MetricDialect,
} from '@ai-mesh/plugin-ai-mesh-node';
import { spelt, unitMsOf } from '../../prometheus/metricSpelling';
import { partOfHistogram } from './partOfHistogram';

/** The dialect in the spellings that exist; a metric of which none does keeps its documented name. */
export function resolveDialect(
  dialect: MetricDialect,
  names: ReadonlySet<string>,
): MetricDialect {
  if (!dialect.anySpelling) {
    return dialect;
  }
  const counter = <T extends CounterSpec>(spec: T): T => ({
    ...spec,
    metrics: counterNames(spec.metrics, names),
  });
  const optional = <T extends CounterSpec>(spec: T | undefined) =>
    spec && counter(spec);
  const duration = (spec: DurationSpec | undefined) =>
    spec && resolveDuration(spec, names);
  const { tokens, load } = dialect;
  return {
    ...dialect,
    requests: counter(dialect.requests),
    errors: resolveErrors(dialect.errors, counter),
    fallbacks: optional(dialect.fallbacks),
    duration: duration(dialect.duration),
    timeToFirstToken: duration(dialect.timeToFirstToken),
    tokens: tokens && {
      input: optional(tokens.input),
      output: optional(tokens.output),
      total: optional(tokens.total),
    },
    load: load && {
      running: optional(load.running),
      waiting: optional(load.waiting),
      cacheUse: optional(load.cacheUse),
    },
  };
}

function resolveErrors(
  errors: ErrorSpec,
  counter: (spec: CounterSpec) => CounterSpec,
): ErrorSpec {
  return errors.kind === 'istio'
    ? errors
    : { ...errors, counter: counter(errors.counter) };
}

/** A native histogram has no series of its count and sum: they are called as if it had. */
function counterNames(
  metrics: readonly string[],
  names: ReadonlySet<string>,
): string[] {
  const found = metrics.flatMap(metric => {
    const part = partOfHistogram(metric);
    const whole = part
      ? spelt(part.metric, names).map(name => `${name}_${part.native}`)
      : [];
    return [...spelt(metric, names), ...whole];
  });
  return found.length > 0 ? [...new Set(found)] : [...metrics];
}

/** What is in one unit: numbers of two cannot be read together. */
function resolveDuration(
  spec: DurationSpec,
  names: ReadonlySet<string>,
): DurationSpec {
  const [first, ...more] = spec.metrics.flatMap(metric =>
    spelt(metric, wholes(names)).map(name => ({
      name,
      unitMs: unitMsOf(metric, name) ?? spec.unnamedUnitMs ?? spec.unitMs,
    })),
  );
  return first
    ? {
        ...spec,
        unitMs: first.unitMs,
        metrics: [
          first.name,
          ...more
            .filter(({ unitMs }) => unitMs === first.unitMs)
            .map(({ name }) => name),
        ],
      }
    : spec;
}

/** Histograms by the names of their buckets, and what is a whole by itself. */
function wholes(names: ReadonlySet<string>): Set<string> {
  return new Set(
    Array.from(names, name => name.replace(/_(?:bucket|count|sum)$/, '')),
  );
}

/** Metrics of a dialect that are spelt otherwise than documented, for a screen to tell. */
export function otherSpellings(
  documented: MetricDialect,
  resolved: MetricDialect,
): string[] {
  const known = new Set(namesIn(documented));
  return [...new Set(namesIn(resolved))].filter(name => !known.has(name));
}

function namesIn({
  requests,
  duration,
  timeToFirstToken,
  tokens,
}: MetricDialect): string[] {
  return [
    requests,
    duration,
    timeToFirstToken,
    tokens?.input,
    tokens?.output,
    tokens?.total,
  ].flatMap(spec => spec?.metrics ?? []);
}
