import type { ModelInUse, ModelUse } from '@ai-mesh/plugin-ai-mesh-common';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { ChartPanel } from '../Charts';
import { Age, Figure, read } from '../Figures';
import { NotShown, SortableTable, type Column } from '../Tables';
import { figureColumns } from './modelColumns';

const useStyles = makeStyles(theme => ({
  panel: { padding: theme.spacing(2), marginTop: theme.spacing(2) },
}));

/** Who uses one model, and how that went over the last hour. */
export function ModelUses(props: { model: ModelInUse }) {
  const { model, uses, moreUses, trend } = props.model;
  const formatting = useFormat();
  const { t, format } = formatting;
  const classes = useStyles();
  const versions = ({ versions: all, requestsByVersion }: ModelUse) => {
    const total = Object.values(requestsByVersion ?? {}).reduce(
      (sum, value) => sum + value,
      0,
    );
    return all
      .map(version => {
        const requests = requestsByVersion?.[version];
        return requests === undefined || total === 0
          ? version
          : `${version} ${format.percent(requests / total)}`;
      })
      .join(t('text.and'));
  };
  const columns: Column<ModelUse>[] = [
    {
      id: 'service',
      title: t('models.service'),
      sortBy: ({ entityRefs }) => entityRefs[0],
      render: ({ entityRefs, cluster, observedAt }) => (
        <>
          <EntityRefLinks entityRefs={entityRefs} />
          <Typography variant="caption" color="textSecondary" component="div">
            {cluster} · <Age at={observedAt} />
          </Typography>
        </>
      ),
    },
    {
      id: 'share',
      title: t('models.share'),
      align: 'right',
      sortBy: ({ share }) =>
        share.status === 'known' ? share.value : undefined,
      render: ({ share }) => (
        <Figure
          label={t('models.share')}
          reading={read(share, t, value => ({
            value,
            text: format.percent(value),
            exact: `${format.exact(value * 100)}%`,
          }))}
        />
      ),
    },
    { id: 'versions', title: t('models.versions'), render: versions },
    ...figureColumns<ModelUse>(formatting, t('figure.p95')),
  ];
  return (
    <Paper
      variant="outlined"
      className={classes.panel}
      component="section"
      aria-label={t('models.usesOf', { model })}
    >
      <Typography variant="h6" component="h2">
        {t('models.usesOf', { model })}
      </Typography>
      <SortableTable
        label={t('models.usesOf', { model })}
        columns={columns}
        rows={uses}
        idOf={({ cluster, entityRefs }) => [cluster, ...entityRefs].join()}
        initialOrder={{ column: 'share', direction: 'desc' }}
      />
      <NotShown more={moreUses} />
      <ChartPanel
        content={{
          title: t('models.trend'),
          times: trend.map(({ at }) => at),
          series: [
            {
              name: model,
              values: trend.map(({ requestsPerSecond }) => requestsPerSecond),
              exact: value =>
                t('unit.requestsPerSecond', { value: format.exact(value) }),
            },
          ],
          axis: format.rate,
          note: t('models.trendNote'),
        }}
      />
    </Paper>
  );
}
