import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { WeightChanges } from '../weights/WeightChanges';
import type { Consequence } from './consequence';

/** Says what will change before it is done. */
export function ConsequenceView(props: {
  consequence: Consequence;
  canary: Canary;
}) {
  const { consequence, canary } = props;
  const { t } = useAiMeshTranslation();
  switch (consequence.kind) {
    case 'nothing':
      return (
        <Typography variant="body2">
          {t('canary.consequence.nothing')}
        </Typography>
      );
    case 'replicas':
      return <Replicas canary={canary} down={consequence.down} />;
    default: {
      const { before, after } = consequence;
      if (!before && !after) {
        return (
          <Typography variant="body2">
            {t('canary.consequence.unknown')}
          </Typography>
        );
      }
      return (
        <>
          <WeightChanges
            label={t('canary.consequence.weights')}
            before={before}
            after={after}
            columns={[t('canary.weights.now'), t('canary.weights.then')]}
          />
          {before && after && before.headerRule !== after.headerRule && (
            <Typography variant="body2">
              {after.headerRule
                ? t('canary.consequence.headerRuleAdded')
                : t('canary.consequence.headerRuleRemoved')}
            </Typography>
          )}
          {before && after && before.affinity !== after.affinity && (
            <Typography variant="body2">
              {after.affinity
                ? t('canary.consequence.affinityAdded')
                : t('canary.consequence.affinityRemoved')}
            </Typography>
          )}
        </>
      );
    }
  }
}

function Replicas(props: { canary: Canary; down: boolean }) {
  const { canary, down } = props;
  const { t } = useAiMeshTranslation();
  return (
    <ul style={{ margin: 0 }}>
      {canary.cleanUp?.workloads.map(({ object, replicas }) => (
        <li key={`${object.namespace} ${object.name}`}>
          {t('canary.consequence.replicas', {
            kind: object.kind,
            name: object.name,
            from: String(down ? replicas : 0),
            to: String(down ? 0 : replicas),
          })}
        </li>
      ))}
    </ul>
  );
}
