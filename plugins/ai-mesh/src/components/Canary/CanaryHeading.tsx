import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { StateMark } from './StateMark';
import { versionNames } from './versionName';

const useStyles = makeStyles(theme => ({
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
  },
}));

/** Which canary it is, of what, and its state. */
export function CanaryHeading(props: {
  canary: Canary;
  id?: string;
  /** Where the name leads, if it does. */
  name?: (text: string) => ReactNode;
}) {
  const { canary, id, name = text => text } = props;
  const { service, route } = canary;
  const { t } = useAiMeshTranslation();
  const { unknown } = useTones();
  const classes = useStyles();
  const { object, rule } = route;
  return (
    <div className={classes.heading}>
      <Typography id={id} variant="h6" component="h2">
        {name(
          t('canary.name', { service: service.name, ...versionNames(canary) }),
        )}
      </Typography>
      <StateMark state={canary.state} />
      <Typography variant="body2" style={{ color: unknown.text }}>
        {t('traffic.service.place', {
          namespace: service.namespace,
          cluster: service.cluster,
        })}
        {` · ${object.kind} ${object.name}`}
        {rule && `${t('text.and')}${t('canary.ruleName', { rule })}`}
      </Typography>
    </div>
  );
}
