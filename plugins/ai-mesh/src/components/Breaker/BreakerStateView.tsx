import type { BreakerState } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import Typography from '@material-ui/core/Typography';
import ClosedIcon from '@material-ui/icons/CheckCircleOutline';
import OpenIcon from '@material-ui/icons/ErrorOutline';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import EjectingIcon from '@material-ui/icons/RemoveCircleOutline';
import NotConfiguredIcon from '@material-ui/icons/SettingsOutlined';
import type { ComponentType } from 'react';
import { useFormat } from '../../format';
import { Tone, useTones } from '../../theme';
import { Figure, read, MeasuredFigure } from '../Figures';
import { Said } from '../Marks';
import { Terms } from '../Terms';

const looks: Record<
  BreakerState['status'],
  { tone: Tone; icon: ComponentType<SvgIconProps> }
> = {
  closed: { tone: 'healthy', icon: ClosedIcon },
  open: { tone: 'failing', icon: OpenIcon },
  ejecting: { tone: 'failing', icon: EjectingIcon },
  'not-configured': { tone: 'unknown', icon: NotConfiguredIcon },
  unknown: { tone: 'unknown', icon: UnknownIcon },
};

const useStyles = makeStyles(theme => ({
  status: { display: 'inline-flex', alignItems: 'center', gap: 4 },
  message: { marginTop: theme.spacing(1) },
}));

/** What a circuit breaker does at present, and how that is known. */
export function BreakerStateView(props: {
  state: BreakerState;
  cluster: string;
}) {
  const { state, cluster } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const { tone, icon: Icon } = looks[state.status];
  // The figures come from where the state does.
  const query = state.evidence === 'envoy-stats' ? 'breakers' : 'requests';
  return (
    <>
      <Terms
        terms={[
          {
            name: t('topology.panel.breakerState'),
            value: (
              <>
                <span
                  className={classes.status}
                  style={{ color: tones[tone].text }}
                >
                  <Icon fontSize="small" />
                  {t(`breaker.status.${state.status}`)}
                </span>
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="div"
                >
                  {t(`breaker.evidence.${state.evidence}`)}
                </Typography>
              </>
            ),
          },
          {
            name: t('figure.ejectedHosts'),
            value: (
              <Figure
                label={t('figure.ejectedHosts')}
                query={query}
                cluster={cluster}
                reading={read(state.ejectedHosts, t, value => ({
                  value,
                  text: t('unit.hosts', {
                    count: value,
                    value: format.number(value),
                  }),
                  exact: format.exact(value),
                }))}
              />
            ),
          },
          {
            name: t('figure.overflow'),
            value: (
              <MeasuredFigure
                kind="rate"
                label={t('figure.overflow')}
                value={state.overflowPerSecond}
                query={query}
                cluster={cluster}
              />
            ),
          },
        ]}
      />
      {state.message && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.message}
        >
          <Said of={{ message: state.message, words: state.words }} />
        </Typography>
      )}
    </>
  );
}
