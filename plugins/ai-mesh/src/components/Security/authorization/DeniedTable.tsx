import type { DeniedCaller, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { Age, Figure, whyUnknown } from '../../Figures';
import { Said, ToneMark } from '../../Marks';
import { useTableStyles } from '../../Tables';
import { CallerName } from '../CallerName';
import { useSecurityStyles } from '../useSecurityStyles';
import { deniedTones } from './looks';

/** Who got a 403, how often, and who said it: the mesh, an external authorizer, or the application. */
export function DeniedTable(props: {
  denied: Measured<DeniedCaller[]>;
  cluster: string;
}) {
  const { denied, cluster } = props;
  const { t, format } = useFormat();
  const { scroll } = useTableStyles();
  const { table, sentence } = useSecurityStyles();
  if (denied.status === 'unknown') {
    return (
      <Typography variant="body2">
        {t('security.denied.unknown', { reason: whyUnknown(denied, t) })}
      </Typography>
    );
  }
  if (denied.value.length === 0) {
    return <Typography variant="body2">{t('security.denied.none')}</Typography>;
  }
  return (
    <div className={scroll}>
      <Table
        size="small"
        aria-label={t('security.denied.title')}
        className={table}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('security.callers.caller')}</TableCell>
            <TableCell align="right">{t('security.denied.count')}</TableCell>
            <TableCell>{t('security.denied.last')}</TableCell>
            <TableCell>{t('security.denied.by')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {denied.value.map(({ caller, count, lastAt, by, ...sentences }) => (
            <TableRow key={caller.id}>
              <TableCell component="th" role="rowheader" scope="row">
                <CallerName caller={caller} cluster={cluster} />
              </TableCell>
              <TableCell align="right">
                <Figure
                  label={t('security.denied.count')}
                  query="denied"
                  cluster={cluster}
                  reading={{
                    status: 'known',
                    value: count,
                    text: format.requests(count),
                    exact: format.exact(count),
                  }}
                />
              </TableCell>
              <TableCell>{lastAt ? <Age at={lastAt} /> : '–'}</TableCell>
              <TableCell className={sentence}>
                <ToneMark tone={deniedTones[by]}>
                  {t(`security.denied.by.${by}`)}
                </ToneMark>
                <div>
                  <Said of={sentences} />
                </div>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
