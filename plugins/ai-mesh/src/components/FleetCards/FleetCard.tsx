import type { FleetRow } from '@ai-mesh/plugin-ai-mesh-common';
import { InfoCard, Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useFleet, type FleetChoices } from '../../hooks';
import { fleetRouteRef } from '../../routes';
import { useAiMeshTranslation } from '../../translation';
import { FleetAwaited } from '../Fleet/FleetAwaited';
import { FleetCell } from '../Fleet/FleetCell';
import type { ColumnId } from '../Fleet/columns';
import { RefreshFailure } from '../States';
import { useTableStyles } from '../Tables';

/** A card names the worst; the page has all. */
const MOST_ROWS = 10;
const columns: readonly (ColumnId | 'name')[] = [
  'name',
  'health',
  'level',
  'findings',
  'canary',
];

/** How some services of the mesh do, those that do worst first, with the way to all of them. */
export function FleetCard(props: {
  title: string;
  choices: Pick<FleetChoices, 'owner' | 'system'>;
}) {
  const { title, choices } = props;
  const { t } = useAiMeshTranslation();
  const page = useRouteRef(fleetRouteRef);
  const polled = useFleet({ ...choices, sort: 'health' }, MOST_ROWS);
  const { data, error } = polled;
  const link = `${page()}?${new URLSearchParams(choices)}`;
  return (
    <InfoCard title={title} deepLink={{ title: t('fleet.card.link'), link }}>
      <FleetAwaited polled={polled} heights={[96]} />
      {data && error && (
        <RefreshFailure error={error} observedAt={data.observedAt} />
      )}
      {data && data.total === 0 && (
        <Typography variant="body2">{t('fleet.card.none')}</Typography>
      )}
      {data && data.rows.length > 0 && (
        <Rows title={title} rows={data.rows} levels={data.facets.levels} />
      )}
      {data && data.total > data.rows.length && (
        <Typography variant="body2">
          <Link to={link}>
            {t('fleet.card.more', { count: data.total - data.rows.length })}
          </Link>
        </Typography>
      )}
    </InfoCard>
  );
}

function Rows(props: {
  title: string;
  rows: readonly FleetRow[];
  levels: readonly { id: string; title: string }[];
}) {
  const { t } = useAiMeshTranslation();
  const { scroll } = useTableStyles();
  return (
    <div className={scroll}>
      <Table size="small" aria-label={props.title}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <TableCell key={column}>{t(`fleet.column.${column}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {props.rows.map(row => (
            <TableRow key={row.entityRef}>
              {columns.map(column => (
                <TableCell key={column}>
                  <FleetCell
                    row={row}
                    column={column}
                    levels={[...props.levels]}
                  />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
