import type { ModelInUse } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { SortableTable, type Column } from '../Tables';
import { figureColumns } from './modelColumns';

/** The models side by side; one of them is chosen for what is below. */
export function ModelsInUseTable(props: {
  models: ModelInUse[];
  chosen: string;
  onChoose: (model: string) => void;
}) {
  const { models, chosen, onChoose } = props;
  const formatting = useFormat();
  const { t } = formatting;
  const columns: Column<ModelInUse>[] = [
    {
      id: 'model',
      title: t('slos.model'),
      sortBy: ({ model }) => model,
      render: ({ model, entityRef, providers }) => (
        <>
          {entityRef ? (
            <EntityRefLink
              entityRef={parseEntityRef(entityRef)}
              title={model}
            />
          ) : (
            model
          )}
          <Typography variant="caption" color="textSecondary" component="div">
            {providers.join(' · ')}
          </Typography>
        </>
      ),
    },
    {
      id: 'services',
      title: t('models.services'),
      align: 'right',
      sortBy: usesOf,
      render: ({ model, ...one }) => (
        <Button
          size="small"
          variant={model === chosen ? 'outlined' : 'text'}
          aria-pressed={model === chosen}
          aria-label={t('models.show', { model, count: usesOf(one) })}
          onClick={() => onChoose(model)}
        >
          {usesOf(one)}
        </Button>
      ),
    },
    ...figureColumns<ModelInUse>(formatting, t('models.slowestP95')),
    {
      id: 'unpriced',
      title: t('models.price'),
      render: ({ cost }) =>
        cost.status === 'unknown' && cost.reason === 'not-configured'
          ? t('models.noPrice')
          : t(cost.status === 'known' ? 'models.priced' : 'models.costUnknown'),
    },
  ];
  return (
    <SortableTable
      label={t('models.table')}
      columns={columns}
      rows={models}
      idOf={({ model }) => model}
      initialOrder={{ column: 'requests', direction: 'desc' }}
      selectedId={chosen}
    />
  );
}

/** Of how many services, listed or not. */
function usesOf({
  uses,
  moreUses = 0,
}: Pick<ModelInUse, 'uses' | 'moreUses'>): number {
  return uses.length + moreUses;
}
