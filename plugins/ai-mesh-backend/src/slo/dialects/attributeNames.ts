import { isPlainMetric, relabel, type Expr } from '../../prometheus/promql';

/** OpenTelemetry's names of attributes, where a server keeps them as they are (Prometheus 3, `NoTranslation`). */
const ATTRIBUTES = [
  'error.type',
  'gen_ai.original.model',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'gen_ai.system',
  'gen_ai.token.type',
];
const BY_LABEL = new Map(
  ATTRIBUTES.map(attribute => [attribute.replaceAll('.', '_'), attribute]),
);

/** What the series of a metric call a label: those whose name has dots keep them in their labels too. */
export function labelIn(metric: string, label: string): string {
  return isPlainMetric(metric) ? label : (BY_LABEL.get(label) ?? label);
}

/** Gives series that keep OpenTelemetry's names the labels by which the others are known. */
export function withPlainLabels(expr: Expr, labels: readonly string[]): Expr {
  return labels.reduce<Expr>((inner, label) => {
    const attribute = BY_LABEL.get(label);
    return attribute ? relabel(inner, label, attribute, '([\\s\\S]+)') : inner;
  }, expr);
}
