import { escapeRegex } from '../prometheus/promql';
import type { SliMatcher, ValueTemplate } from '../prometheus/series';
import { titleOfText } from '../titles';

interface Price {
  model: string;
  inputPerMillion: number;
  outputPerMillion: number;
  currency: string;
  validFrom: Date;
}

type Piece = ValueTemplate['pieces'][number];

/** OpenTelemetry's conventions, and what Spring AI writes with the same labels. */
const TOKENS = [
  'gen_ai_client_token_usage_sum',
  'gen_ai_client_token_usage_total',
];
const REQUESTS = [
  'gen_ai_client_operation_duration_seconds_count',
  'gen_ai_client_operation_seconds_count',
];

/**
 * What an answer costs by the price table, of versions that export tokens by OpenTelemetry's conventions; undefined where
 * there are no prices, or in several currencies. A request to a model without a price leaves the cost unknown: a sum
 * without it would look cheap.
 *
 * @param at - prices that begin later do not count yet
 */
export function costGate(prices: readonly Price[], at: Date) {
  const valid = [...prices]
    .filter(({ validFrom }) => validFrom <= at)
    .sort((a, b) => b.validFrom.getTime() - a.validFrom.getTime());
  const present = valid.filter(
    (price, index) =>
      valid.findIndex(({ model }) => model === price.model) === index,
  );
  const [first] = present;
  if (!first || present.some(({ currency }) => currency !== first.currency)) {
    return undefined;
  }
  // An exact name counts before a pattern, and of two patterns the one that began later.
  const ordered = [
    ...present.filter(({ model }) => !model.includes('*')),
    ...present.filter(({ model }) => model.includes('*')),
  ];
  const patterns = ordered.map(({ model }) =>
    model.split('*').map(escapeRegex).join('.*'),
  );
  const model = (operator: '=~' | '!~', ...names: string[]): SliMatcher => ({
    label: 'gen_ai_request_model',
    operator,
    value: names.join('|'),
  });
  const tokens = (type: string, index: number, perMillion: number): Piece[] => [
    '(sum(rate(',
    {
      metrics: TOKENS,
      matchers: [
        { label: 'gen_ai_token_type', operator: '=', value: type },
        model('=~', patterns[index]),
        ...(index > 0 ? [model('!~', ...patterns.slice(0, index))] : []),
      ],
    },
    'window',
    `)) or vector(0)) * ${perMillion / 1_000_000}`,
  ];
  const requests = (...matchers: SliMatcher[]): Piece[] => [
    'sum(rate(',
    { metrics: REQUESTS, matchers },
    'window',
    '))',
  ];
  const costs = ordered.flatMap(({ inputPerMillion, outputPerMillion }, i) => [
    ...(i > 0 ? [' + '] : []),
    ...tokens('input', i, inputPerMillion),
    ' + ',
    ...tokens('output', i, outputPerMillion),
  ]);
  const pieces: Piece[] = [
    '((',
    ...costs,
    ') / ',
    ...requests(),
    ') unless on () (',
    ...requests(model('!~', ...patterns)),
    ' > 0)',
  ];
  const { currency } = first;
  return {
    kind: 'value' as const,
    name: 'cost-per-request',
    title: titleOfText('title.cost-per-request', { currency }),
    use: 'optional' as const,
    ifMissing: 'not-applicable' as const,
    anySpelling: true,
    unit: 'number' as const,
    better: 'lower' as const,
    rollBack: { timesStable: 2 },
    advance: { timesStable: 1.3 },
    query: { pieces, ofPods: true },
  };
}
