import type { MayCall } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { between } from '../../Figures';
import { Said, ToneMark } from '../../Marks';
import { SaidBy } from '../../States';
import type { OpenedObject } from '../../Objects';
import { callerName } from '../CallerName';
import { outcomeLooks } from '../mtls/looks';
import { DecisionView } from './DecisionView';

const useStyles = makeStyles(theme => ({
  answer: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    '&:empty': { display: 'none' },
  },
}));

/** What the mesh would do: first whether the connection comes to be, then what the policies say. */
export function MayCallAnswer(props: {
  answer?: MayCall;
  error?: Error;
  onOpen: (object: OpenedObject) => void;
}) {
  const { answer, error, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <div role="status" className={classes.answer}>
      {error && (
        <ToneMark tone="failing">
          <span style={{ whiteSpace: 'normal' }}>
            <SaidBy error={error} />
          </span>
        </ToneMark>
      )}
      {!error && answer && (
        <>
          <Typography variant="body2">
            {t('security.mayCall.asked', {
              caller: callerName(answer.caller, t),
            })}
            {between(t)}
            {answer.caller.principal ?? t('security.mayCall.noIdentity')}
          </Typography>
          {answer.mtls.map(({ outcome, ...sentences }) => (
            <Typography key={outcome} variant="body2" component="div">
              <ToneMark {...outcomeLooks[outcome]}>
                {t(`security.outcome.${outcome}`)}
              </ToneMark>{' '}
              <Said of={sentences} />
            </Typography>
          ))}
          <DecisionView decision={answer.decision} onOpen={onOpen} />
        </>
      )}
    </div>
  );
}
