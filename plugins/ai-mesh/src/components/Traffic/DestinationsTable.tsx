import type { RouteDestination } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import ProblemIcon from '@material-ui/icons/ReportProblemOutlined';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { EndpointsFigure, Explained, SignalFigure } from '../Figures';
import { Said } from '../Marks';
import { useTableStyles } from '../Tables';
import { shortHost } from './destinationName';

const useStyles = makeStyles({
  // A sentence may take several lines, a figure may not.
  problem: {
    display: 'flex',
    alignItems: 'center',
    gap: 4,
    whiteSpace: 'normal',
  },
});

/** The destinations of a rule: what is set, beside what is seen. */
export function DestinationsTable(props: {
  label: string;
  destinations: RouteDestination[];
  cluster: string;
}) {
  const { label, destinations, cluster } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  const remarks = (destination: RouteDestination) => [
    ...(destination.kind === 'Service'
      ? []
      : [t(`traffic.destination.kind.${destination.kind}`)]),
    ...(destination.port === undefined
      ? []
      : [t('traffic.destination.port', { port: String(destination.port) })]),
    ...(destination.subsetLabels
      ? [
          t('traffic.destination.labels', {
            labels: Object.entries(destination.subsetLabels)
              .map(([key, value]) => `${key}=${value}`)
              .join(t('text.and')),
          }),
        ]
      : []),
  ];
  return (
    <div className={scroll}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell>{t('traffic.destination.host')}</TableCell>
            <TableCell align="right">
              {t('traffic.destination.weight')}
            </TableCell>
            <TableCell align="right">
              {t('traffic.destination.endpoints')}
            </TableCell>
            <TableCell align="right">
              <Explained by={t('traffic.destination.observedHelp')}>
                {t('traffic.destination.observed')}
              </Explained>
            </TableCell>
            <TableCell align="right">
              {t('traffic.destination.errors')}
            </TableCell>
            <TableCell align="right">{t('traffic.destination.p95')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {destinations.map(destination => (
            <TableRow
              key={`${destination.host} ${destination.subset} ${destination.port}`}
            >
              <TableCell component="th" role="rowheader" scope="row">
                <Explained by={destination.host}>
                  {destination.subset
                    ? t('traffic.destination.subset', {
                        host: shortHost(destination.host),
                        subset: destination.subset,
                      })
                    : shortHost(destination.host)}
                </Explained>
                {remarks(destination).length > 0 && (
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    component="div"
                  >
                    {remarks(destination).join(' · ')}
                  </Typography>
                )}
                {destination.problem && (
                  <Typography
                    variant="body2"
                    component="div"
                    className={classes.problem}
                    style={{ color: tones.failing.text }}
                  >
                    <ProblemIcon fontSize="small" />
                    <Said
                      of={{
                        message: destination.problem,
                        words: destination.problemWords,
                      }}
                    />
                  </Typography>
                )}
              </TableCell>
              <TableCell align="right">
                <div>{format.percent(destination.weightPercent / 100)}</div>
                {destination.weight !== undefined &&
                  destination.weight !== destination.weightPercent && (
                    <Typography variant="caption" color="textSecondary">
                      {t('traffic.destination.written', {
                        weight: format.number(destination.weight),
                      })}
                    </Typography>
                  )}
              </TableCell>
              <TableCell align="right">
                <EndpointsFigure endpoints={destination.endpoints} />
              </TableCell>
              {(['requestsPerSecond', 'errorRatio', 'p95'] as const).map(
                signal => (
                  <TableCell key={signal} align="right">
                    <SignalFigure
                      traffic={destination.observed}
                      signal={signal}
                      cluster={cluster}
                    />
                  </TableCell>
                ),
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
