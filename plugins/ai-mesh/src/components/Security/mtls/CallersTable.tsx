import type {
  CallerMtls,
  Measured,
  ObservedMtls,
} from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { Age, MeasuredFigure, textSaid } from '../../Figures';
import type { OpenedObject } from '../../Objects';
import { useTableStyles } from '../../Tables';
import { CallerName } from '../CallerName';
import { useSecurityStyles } from '../useSecurityStyles';
import { CallerOutcome } from './CallerOutcome';
import { PlaintextWhy } from './PlaintextWhy';

/** The callers that were seen: what configuration makes of their calls, what was seen of them, and why. */
export function CallersTable(props: {
  callers: CallerMtls[];
  cluster: string;
  onOpen: (object: OpenedObject) => void;
}) {
  const { callers, cluster, onOpen } = props;
  const { t } = useFormat();
  const { scroll } = useTableStyles();
  const { table, sentence } = useSecurityStyles();
  return (
    <div className={scroll}>
      <Table
        size="small"
        aria-label={t('security.callers.title')}
        className={table}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('security.callers.caller')}</TableCell>
            <TableCell>{t('security.callers.outcome')}</TableCell>
            <TableCell align="right">{t('figure.encryptedShare')}</TableCell>
            <TableCell align="right">
              {t('security.callers.plaintextRate')}
            </TableCell>
            <TableCell>{t('security.callers.why')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {callers.map(entry => (
            <TableRow key={entry.caller.id}>
              <TableCell component="th" role="rowheader" scope="row">
                <CallerName caller={entry.caller} cluster={cluster} />
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="div"
                >
                  {t(`security.proxy.${entry.proxy}`)}
                </Typography>
              </TableCell>
              <TableCell>
                <CallerOutcome pairs={entry.pairs} />
              </TableCell>
              <TableCell align="right">
                <MeasuredFigure
                  kind="share"
                  label={t('figure.encryptedShare')}
                  value={of(entry, ({ share }) => share)}
                  query="encryption"
                  cluster={cluster}
                />
              </TableCell>
              <TableCell align="right">
                <MeasuredFigure
                  kind="calls"
                  label={t('security.callers.plaintextRate')}
                  value={plaintextRate(entry)}
                  query="encryption"
                  cluster={cluster}
                />
                <LastPlaintext observed={entry.observed} />
              </TableCell>
              <TableCell className={sentence}>
                {entry.plaintextBecause && (
                  <PlaintextWhy
                    reason={entry.plaintextBecause}
                    onOpen={onOpen}
                  />
                )}
                {entry.observed.status === 'unknown' && (
                  <Typography variant="body2" color="textSecondary">
                    {textSaid(
                      {
                        ...entry.observed,
                        message:
                          entry.observed.message ??
                          t(`unknown.${entry.observed.reason}`),
                      },
                      t,
                    )}
                  </Typography>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function LastPlaintext({ observed }: Pick<CallerMtls, 'observed'>) {
  const { t } = useFormat();
  if (observed.status === 'unknown') {
    return null;
  }
  const { lastPlaintextAt } = observed.value;
  return (
    <Typography variant="caption" color="textSecondary" component="div">
      {lastPlaintextAt === undefined ? (
        t('security.callers.neverPlaintext')
      ) : (
        <>
          {t('security.callers.lastPlaintext')} <Age at={lastPlaintextAt} />
        </>
      )}
    </Typography>
  );
}

function plaintextRate({ observed }: CallerMtls): Measured<number> {
  return observed.status === 'known'
    ? observed.value.plaintextPerSecond
    : observed;
}

function of(
  { observed }: CallerMtls,
  figure: (value: ObservedMtls) => number,
): Measured<number> {
  return observed.status === 'known'
    ? { status: 'known', value: figure(observed.value) }
    : observed;
}
