import type { Cost, Measured, ModelSlos } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { Age, Figure, read, readLatency, MeasuredFigure } from '../Figures';
import { SortableTable, type Column } from '../Tables';
import { keyOf, modelName } from './rankObjectives';

const valueOf = (measured: Measured<number>) =>
  measured.status === 'known' ? measured.value : undefined;

/** The models side by side; one of them is chosen for the graphs below. */
export function ModelsTable(props: {
  models: ModelSlos[];
  /** Its key, as {@link keyOf} makes it. */
  chosen?: string;
  namesClusters: boolean;
  onChoose: (model: string) => void;
}) {
  const { models, chosen, namesClusters, onChoose } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const tokens = (label: string, value: Measured<number>) => (
    <Figure
      label={label}
      query="model-rates"
      reading={read(value, t, known => ({
        value: known,
        text: format.tokens(known),
        exact: t('unit.tokensPerSecond', { value: format.exact(known) }),
      }))}
    />
  );
  const money = (
    label: string,
    cost: Measured<Cost>,
    of: 'perHour' | 'perDay',
  ) => (
    <Figure
      label={label}
      query="model-rates"
      reading={read(cost, t, value => ({
        value: value[of],
        text: format.money(value[of], value.currency),
        exact: `${format.exact(value[of])} ${value.currency}`,
        note: t('slos.estimate'),
      }))}
    />
  );
  const place = ({ provider, versions, cluster }: ModelSlos) =>
    [provider, ...versions, namesClusters && cluster]
      .filter(Boolean)
      .join(' · ');
  const columns: Column<ModelSlos>[] = [
    {
      id: 'model',
      title: t('slos.model'),
      sortBy: ({ model }) => model,
      render: model => (
        <>
          {model.entityRef ? (
            <EntityRefLink
              entityRef={parseEntityRef(model.entityRef)}
              title={model.model}
            />
          ) : (
            model.model
          )}
          {place(model) && (
            <Typography variant="caption" color="textSecondary" component="div">
              {place(model)}
            </Typography>
          )}
          {!model.reporting && (
            <Typography
              variant="caption"
              component="div"
              style={{ color: tones.degraded.text }}
            >
              {t('slos.stopped')}
              {model.lastSeenAt && (
                <>
                  {' '}
                  <Age at={model.lastSeenAt} />
                </>
              )}
            </Typography>
          )}
        </>
      ),
    },
    {
      id: 'show',
      title: t('slos.graphs'),
      render: model => (
        <Button
          size="small"
          variant={keyOf(model) === chosen ? 'outlined' : 'text'}
          aria-pressed={keyOf(model) === chosen}
          aria-label={t('slos.graphsOf', {
            model: modelName(model, namesClusters, t),
          })}
          onClick={() => onChoose(keyOf(model))}
        >
          {t('slos.graphs')}
        </Button>
      ),
    },
    {
      id: 'requests',
      title: t('figure.requestsPerSecond'),
      align: 'right',
      sortBy: model => valueOf(model.requestsPerSecond),
      render: model => (
        <MeasuredFigure
          kind="rate"
          label={t('figure.requestsPerSecond')}
          value={model.requestsPerSecond}
          query="model-rates"
        />
      ),
    },
    {
      id: 'errors',
      title: t('figure.errorRatio'),
      align: 'right',
      sortBy: model => valueOf(model.errorRatio),
      render: model => (
        <MeasuredFigure
          kind="share"
          label={t('figure.errorRatio')}
          value={model.errorRatio}
          query="model-rates"
        />
      ),
    },
    {
      id: 'p95',
      title: t('figure.p95'),
      align: 'right',
      sortBy: ({ p95 }) =>
        p95.status === 'known' ? p95.value.valueMs : undefined,
      render: model => (
        <Figure
          label={t('figure.p95')}
          query="model-latency"
          reading={readLatency(model.p95, format, t)}
        />
      ),
    },
    {
      id: 'tokens',
      title: t('slos.tokens'),
      align: 'right',
      sortBy: model => valueOf(model.tokensPerSecond),
      render: model => tokens(t('slos.tokens'), model.tokensPerSecond),
    },
    {
      id: 'cost',
      title: t('slos.costPerDay'),
      align: 'right',
      sortBy: ({ cost }) =>
        cost.status === 'known' ? cost.value.perDay : undefined,
      render: model => money(t('slos.costPerDay'), model.cost, 'perDay'),
    },
  ];
  return (
    <SortableTable
      label={t('slos.models')}
      columns={columns}
      rows={models}
      idOf={keyOf}
      initialOrder={{ column: 'requests', direction: 'desc' }}
      selectedId={chosen}
    />
  );
}
