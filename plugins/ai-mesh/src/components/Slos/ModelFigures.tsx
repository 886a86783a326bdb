import type { Measured, ModelSlos } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import { Figure, read, readLatency, type Reading } from '../Figures';
import { Terms } from '../Terms';

/** A model's figures that have no column of their own in the table. */
export function ModelFigures(props: { model: ModelSlos }) {
  const { model } = props;
  const { t, format } = useFormat();
  const term = (
    name: string,
    query: 'model-rates' | 'model-latency',
    reading: Reading,
  ) => ({
    name,
    value: <Figure label={name} query={query} reading={reading} />,
  });
  const rate = (value: Measured<number>) =>
    read(value, t, known => ({
      value: known,
      text: format.tokens(known),
      exact: t('unit.tokensPerSecond', { value: format.exact(known) }),
    }));
  const perRequest = (value: Measured<number>) =>
    read(value, t, known => ({
      value: known,
      text: t('unit.tokens', { value: format.number(known) }),
      exact: format.exact(known),
    }));
  const count = (value: Measured<number>) =>
    read(value, t, known => ({
      value: known,
      text: format.requests(known),
      exact: format.exact(known),
    }));
  const cost = (of: 'perHour' | 'perDay') =>
    read(model.cost, t, value => ({
      value: value[of],
      text: format.money(value[of], value.currency),
      exact: `${format.exact(value[of])} ${value.currency}`,
      note: t('slos.estimate'),
    }));
  return (
    <Terms
      terms={[
        {
          name: t('slos.dialect'),
          value: t(`slos.errorsFrom.${model.errorsFrom}`, {
            dialect: model.dialect,
          }),
        },
        ...(model.answeredBy.length > 0
          ? [
              {
                name: t('slos.answeredBy'),
                value: model.answeredBy.join(t('text.and')),
              },
            ]
          : []),
        ...(['p50', 'p95', 'p99'] as const).map(p =>
          term(
            t(`figure.${p}`),
            'model-latency',
            readLatency(model[p], format, t),
          ),
        ),
        {
          name: t('slos.percentiles'),
          value: t(`slos.percentiles.${model.percentilesAre}`),
        },
        term(
          t('slos.timeToFirstToken'),
          'model-latency',
          readLatency(model.timeToFirstTokenP95, format, t),
        ),
        ...(model.load
          ? [
              term(t('slos.running'), 'model-rates', count(model.load.running)),
              term(t('slos.waiting'), 'model-rates', count(model.load.waiting)),
              term(
                t('slos.cacheUse'),
                'model-rates',
                read(model.load.cacheUse, t, value => ({
                  value,
                  text: format.percent(value),
                  exact: `${format.exact(value * 100)}%`,
                })),
              ),
            ]
          : []),
        term(
          t('slos.inputTokens'),
          'model-rates',
          rate(model.inputTokensPerSecond),
        ),
        term(
          t('slos.outputTokens'),
          'model-rates',
          rate(model.outputTokensPerSecond),
        ),
        term(
          t('slos.inputTokensPerRequest'),
          'model-rates',
          perRequest(model.inputTokensPerRequest),
        ),
        term(
          t('slos.outputTokensPerRequest'),
          'model-rates',
          perRequest(model.outputTokensPerRequest),
        ),
        term(
          t('slos.fallbacks'),
          'model-rates',
          read(model.fallbacksPerSecond, t, value => ({
            value,
            text: format.rate(value),
            exact: t('unit.requestsPerSecond', { value: format.exact(value) }),
          })),
        ),
        term(t('slos.costPerHour'), 'model-rates', cost('perHour')),
        term(t('slos.costPerDay'), 'model-rates', cost('perDay')),
        ...Object.entries(model.costByVersion).map(([version, value]) => ({
          name: t('slos.costOfVersion', { version }),
          value: t('slos.costEstimated', {
            cost: format.money(value.perDay, value.currency),
          }),
        })),
      ]}
    />
  );
}
