import type { BurnRate } from '@ai-mesh/plugin-ai-mesh-common';
import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useFormat } from '../../format';
import { Figure, read } from '../Figures';
import { useTableStyles } from '../Tables';
import { AlertMark } from './AlertMark';

/** Each pair of windows with its factor: an alert needs both above it. */
export function BurnRatesTable(props: { of: string; burnRates: BurnRate[] }) {
  const { t, format } = useFormat();
  const { scroll } = useTableStyles();
  const windows = (seconds: number) => format.span(seconds);
  return (
    <div className={scroll}>
      <Table
        size="small"
        aria-label={t('slos.burn.title', { objective: props.of })}
      >
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
          {props.burnRates.map(rate => (
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
                />
              </TableCell>
              <TableCell align="right">
                <Times
                  label={t('slos.burn.over', {
                    window: windows(rate.shortWindowSeconds),
                  })}
                  rate={rate.short}
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

function Times(props: { label: string; rate: Measured<number> }) {
  const { t, format } = useFormat();
  return (
    <Figure
      label={props.label}
      query="burn-rates"
      reading={read(props.rate, t, value => ({
        value,
        text: format.times(value),
        exact: t('slos.burn.exact', { value: format.exact(value) }),
      }))}
    />
  );
}
