import type { Measured, ObjectiveStatus } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useFormat } from '../../format';
import { Figure, read } from '../Figures';
import { useTableStyles } from '../Tables';
import { AlertMark } from './AlertMark';

/** Windows above it are asked for less often, in a query of their own. */
const SLOW_ABOVE_SECONDS = 21_600;

/** Each pair of windows with its factor: an alert needs both above it. */
export function BurnRatesTable(props: { of: string; status: ObjectiveStatus }) {
  const { of, status } = props;
  const { t, format } = useFormat();
  const { scroll } = useTableStyles();
  const windows = (seconds: number) => format.span(seconds);
  return (
    <div className={scroll}>
      <Table size="small" aria-label={t('slos.burn.title', { objective: of })}>
        <TableHead>
          <TableRow>
            <TableCell>{t('slos.burn.windows')}</TableCell>
            <TableCell align="right">{t('slos.burn.long')}</TableCell>
            <TableCell align="right">{t('slos.burn.short')}</TableCell>
            <TableCell align="right">{t('slos.burn.factor')}</TableCell>
            <TableCell>{t('slos.burn.severity')}</TableCell>
            <TableCell>{t('slos.burn.state')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {status.burnRates.map(rate => (
            <TableRow
              key={`${rate.severity} ${rate.longWindowSeconds} ${rate.shortWindowSeconds}`}
            >
              <TableCell component="th" role="rowheader" scope="row">
                {t('slos.burn.pair', {
                  long: windows(rate.longWindowSeconds),
                  short: windows(rate.shortWindowSeconds),
                })}
              </TableCell>
              <TableCell align="right">
                <Times
                  label={t('slos.burn.over', {
                    window: windows(rate.longWindowSeconds),
                  })}
                  rate={rate.long}
                  cluster={status.cluster}
                  seconds={rate.longWindowSeconds}
                />
              </TableCell>
              <TableCell align="right">
                <Times
                  label={t('slos.burn.over', {
                    window: windows(rate.shortWindowSeconds),
                  })}
                  rate={rate.short}
                  cluster={status.cluster}
                  seconds={rate.shortWindowSeconds}
                />
              </TableCell>
              <TableCell align="right">{format.times(rate.factor)}</TableCell>
              <TableCell>{t(`slos.severity.${rate.severity}`)}</TableCell>
              <TableCell>
                <AlertMark
                  alert={rate.state === 'firing' ? rate.severity : rate.state}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Times(props: {
  label: string;
  rate: Measured<number>;
  cluster: string;
  seconds: number;
}) {
  const { t, format } = useFormat();
  return (
    <Figure
      label={props.label}
      // Long windows are asked for less often than short ones.
      query={
        props.seconds > SLOW_ABOVE_SECONDS ? 'slow-burn-rates' : 'burn-rates'
      }
      cluster={props.cluster}
      reading={read(props.rate, t, value => ({
        value,
        text: format.times(value),
        exact: t('slos.burn.exact', { value: format.exact(value) }),
      }))}
    />
  );
}
