import type {
  ApplicationBreaker,
  ApplicationBreakers,
} from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import type { Tone } from '../../theme';
import { whyUnknown, MeasuredFigure } from '../Figures';
import { ToneMark } from '../Marks';
import { useTableStyles } from '../Tables';
import { Terms } from '../Terms';

const toneOf: Record<ApplicationBreaker['state'], Tone> = {
  closed: 'healthy',
  open: 'failing',
  forced_open: 'failing',
  half_open: 'degraded',
  disabled: 'unknown',
  metrics_only: 'unknown',
};

/** The breakers inside the applications, which Istio does not see, and how often a fallback stood in for a model. */
export function ApplicationBreakersView(props: { state: ApplicationBreakers }) {
  const { breakers, fallbacksPerSecond } = props.state;
  const { t, format } = useFormat();
  const { scroll } = useTableStyles();
  return (
    <>
      <Terms
        terms={[
          {
            name: t('breaker.application.fallbacks'),
            value: (
              <MeasuredFigure
                kind="rate"
                label={t('breaker.application.fallbacks')}
                value={fallbacksPerSecond}
                query="application-breakers"
              />
            ),
          },
        ]}
      />
      {breakers.status === 'unknown' && (
        <Typography variant="body2" color="textSecondary">
          {breakers.reason === 'not-exported' && !breakers.message
            ? t('breaker.application.none')
            : whyUnknown(breakers, t)}
        </Typography>
      )}
      {breakers.status === 'known' && breakers.value.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('breaker.application.none')}
        </Typography>
      )}
      {breakers.status === 'known' && breakers.value.length > 0 && (
        <div className={scroll}>
          <Table size="small" aria-label={t('breaker.application.title')}>
            <TableHead>
              <TableRow>
                <TableCell>{t('breaker.application.name')}</TableCell>
                <TableCell>{t('breaker.application.state')}</TableCell>
                <TableCell>{t('breaker.application.pods')}</TableCell>
                <TableCell>{t('breaker.application.place')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {breakers.value.map(breaker => (
                <TableRow
                  key={`${breaker.cluster} ${breaker.namespace} ${breaker.name}`}
                >
                  <TableCell component="th" role="rowheader" scope="row">
                    {breaker.name}
                  </TableCell>
                  <TableCell>
                    <ToneMark tone={toneOf[breaker.state]}>
                      {t(`breaker.application.state.${breaker.state}`)}
                    </ToneMark>
                  </TableCell>
                  <TableCell>{podsOf(breaker)}</TableCell>
                  <TableCell>
                    {t('traffic.service.place', {
                      namespace: breaker.namespace,
                      cluster: breaker.cluster,
                    })}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </>
  );

  function podsOf({ pods }: ApplicationBreaker): string {
    return Object.entries(pods)
      .filter(([, count]) => count > 0)
      .map(([state, count]) =>
        t('breaker.application.podsIn', {
          pods: format.number(count),
          state: isState(state)
            ? t(`breaker.application.state.${state}`)
            : state,
        }),
      )
      .join(t('text.and'));
  }
}

function isState(state: string): state is ApplicationBreaker['state'] {
  return Object.hasOwn(toneOf, state);
}
