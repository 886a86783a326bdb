import type { RouteRule, ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import BlockedIcon from '@material-ui/icons/Block';
import { useId } from 'react';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { Said } from '../Marks';
import { ObjectButton, type OpenedObject } from '../Objects';
import { Terms } from '../Terms';
import { DestinationsTable } from './DestinationsTable';
import { Matches } from './Matches';
import { rulePolicies } from './rulePolicies';
import { SplitBar } from './SplitBar';
import { StartCanaryLink } from './StartCanaryLink';

const useStyles = makeStyles(theme => ({
  rule: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
  },
  unreachable: { borderStyle: 'dashed' },
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
  },
  object: {
    display: 'flex',
    gap: theme.spacing(2),
    marginLeft: 'auto',
    ...theme.typography.body2,
  },
  blocked: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
  },
}));

/** One rule: when it applies, where its requests go, and what happens on the way. */
export function RuleCard(props: {
  rule: RouteRule;
  number: number;
  service: ServiceRef;
  /** The portal does not write to the service's cluster. */
  readOnly?: boolean;
  onOpen: (object: OpenedObject) => void;
}) {
  const { rule, number, service, readOnly, onOpen } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const id = useId();
  const gateways = rule.gateways
    .map(gateway => (gateway === 'mesh' ? t('traffic.rule.mesh') : gateway))
    .join(t('text.and'));
  return (
    <Paper
      variant="outlined"
      component="article"
      aria-labelledby={id}
      className={`${classes.rule} ${rule.reachable ? '' : classes.unreachable}`}
    >
      <div className={classes.heading}>
        <Typography id={id} variant="subtitle1" component="h4">
          {rule.name
            ? t('traffic.rule.named', {
                number: String(number),
                name: rule.name,
              })
            : t('traffic.rule.title', { number: String(number) })}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {rule.protocol.toUpperCase()}
          {gateways && ` · ${t('traffic.rule.for', { gateways })}`}
        </Typography>
        <span className={classes.object}>
          <StartCanaryLink
            rule={rule}
            number={number}
            service={service}
            readOnly={readOnly}
          />
          <ObjectButton
            object={rule.object}
            onOpen={() => onOpen({ ref: rule.object, path: rule.path })}
          />
        </span>
      </div>
      {!rule.reachable && (
        <Typography
          variant="body2"
          component="div"
          className={classes.blocked}
          style={{ color: tones.degraded.text }}
        >
          <BlockedIcon fontSize="small" />
          <span>
            {t('traffic.rule.unreachable')}
            {rule.unreachableBecause && (
              <>
                {t('text.colon')}
                <Said
                  of={{
                    message: rule.unreachableBecause,
                    words: rule.unreachableWords,
                  }}
                />
              </>
            )}
          </span>
        </Typography>
      )}
      <Matches matches={rule.matches} />
      {rule.destinations.length > 0 && (
        <>
          <SplitBar destinations={rule.destinations} />
          <DestinationsTable
            label={t('traffic.rule.destinations', { number: String(number) })}
            destinations={rule.destinations}
            cluster={service.cluster}
          />
        </>
      )}
      <Terms
        terms={rulePolicies(rule, format, t).map(({ name, values }) => ({
          name,
          value: values.map(value => <div key={value}>{value}</div>),
        }))}
      />
    </Paper>
  );
}
