import type { CanaryWeights } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useFormat } from '../../../format';
import { versionName } from '../versionName';
import { weightChanges } from './weightChanges';

/** What a change of the route does to every destination's share. */
export function WeightChanges(props: {
  label: string;
  before: CanaryWeights | undefined;
  after: CanaryWeights | undefined;
  /** What the two columns are called. */
  columns: [string, string];
}) {
  const { label, before, after, columns } = props;
  const { t, format } = useFormat();
  const share = (percent: number | undefined) =>
    percent === undefined
      ? t('canary.weights.notInRoute')
      : format.percent(percent / 100);
  return (
    <Table size="small" aria-label={label}>
      <TableHead>
        <TableRow>
          <TableCell>{t('canary.weights.version')}</TableCell>
          {columns.map(column => (
            <TableCell key={column} align="right">
              {column}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {weightChanges(before, after).map(change => {
          const { host, subset, port, role } = change.destination;
          const changes = change.before !== change.after;
          return (
            <TableRow key={`${host} ${subset} ${port}`}>
              <TableCell component="th" role="rowheader" scope="row">
                {versionName(change.destination)}
                {t('text.aside', { text: t(`canary.role.${role}`) })}
              </TableCell>
              <TableCell align="right">{share(change.before)}</TableCell>
              <TableCell align="right">
                {changes ? (
                  <strong>{share(change.after)}</strong>
                ) : (
                  share(change.after)
                )}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
