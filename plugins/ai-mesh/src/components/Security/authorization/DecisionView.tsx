import type { ServiceDecision } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { between } from '../../Figures';
import { Said, ToneMark } from '../../Marks';
import type { OpenedObject } from '../../Objects';
import { SettingLink } from '../SettingLink';
import { useSecurityStyles } from '../useSecurityStyles';
import { verdictLooks } from './looks';

/** Where the sentence in the reader's language does not say it all. */
const saysMore: ReadonlySet<ServiceDecision['because']> = new Set([
  'undecidable',
  'unreadable',
  'not-enforced',
  'no-effect',
  'no-rule-matched',
]);

/** A decision with why, and the policy and rule that made it. */
export function DecisionView(props: {
  decision: ServiceDecision;
  onOpen: (object: OpenedObject) => void;
}) {
  const { decision, onOpen } = props;
  const { verdict, because, decidedBy, workloads } = decision;
  const { t } = useAiMeshTranslation();
  const classes = useSecurityStyles();
  return (
    <>
      <ToneMark {...verdictLooks[verdict]}>
        {t(`security.verdict.${verdict}`)}
      </ToneMark>
      <Typography variant="body2">
        {t(`security.because.${because}`)}
        {between(t)}
        {(workloads || saysMore.has(because)) && <Said of={decision} />}
      </Typography>
      {decidedBy && (
        <Typography variant="body2" component="div">
          <SettingLink setting={decidedBy} onOpen={onOpen} />
        </Typography>
      )}
      {workloads && (
        <ul className={classes.list}>
          {workloads.map(({ workload, decision: own }) => (
            <Typography
              key={`${workload.kind} ${workload.name}`}
              component="li"
              variant="body2"
            >
              {workload.name}
              {t('text.colon')}
              {t(`security.verdict.${own.verdict}`)}
              {t('text.stop')}
              <Said of={own} />
            </Typography>
          ))}
        </ul>
      )}
    </>
  );
}
