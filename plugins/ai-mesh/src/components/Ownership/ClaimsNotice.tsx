import type {
  Resolution,
  ServiceOwnership,
} from '@ai-mesh/plugin-ai-mesh-common';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { useAiMeshTranslation } from '../../translation';
import { between } from '../Figures';
import { Notice, Said } from '../Marks';

/** Says which Services of the entity others claim too, and which are another's. Nothing where all are its own. */
export function ClaimsNotice(props: {
  resolution: Pick<Resolution, 'ownership'>;
}) {
  const { t } = useAiMeshTranslation();
  const contested = (props.resolution.ownership ?? []).filter(isContested);
  if (contested.length === 0) {
    return null;
  }
  return (
    <Notice
      tone={contested.every(({ proven }) => proven) ? 'accent' : 'degraded'}
      title={t('ownership.contested.title')}
    >
      <ul>
        {contested.map(ownership => (
          <li key={nameOf(ownership)}>
            <ClaimSentence ownership={ownership} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function ClaimSentence(props: { ownership: ServiceOwnership }) {
  const { ownership } = props;
  const { owners, claims, hidden, evidence, evidenceWords } = ownership;
  const { t } = useAiMeshTranslation();
  const others = [...owners, ...claims];
  return (
    <>
      {t(`ownership.state.${stateOf(ownership)}`, {
        service: nameOf(ownership),
      })}
      {others.length > 0 && (
        <div>
          {t(owners.length > 0 ? 'ownership.owners' : 'ownership.claims')}
          {between(t)}
          <EntityRefLinks entityRefs={others} underline="always" />
        </div>
      )}
      {hidden > 0 && <div>{t('ownership.hidden', { count: hidden })}</div>}
      {evidence && (
        <div>
          {t('ownership.evidence')}
          {between(t)}
          <Said of={{ message: evidence, words: evidenceWords }} />
        </div>
      )}
    </>
  );
}

function isContested({ owners, claims, hidden }: ServiceOwnership): boolean {
  return owners.length + claims.length + hidden > 0;
}

function stateOf({
  proven,
  withheld,
  rule,
}: ServiceOwnership): 'proven' | 'withheld' | 'others' | 'unproven' {
  if (proven) {
    return 'proven';
  }
  if (withheld) {
    return 'withheld';
  }
  return rule ? 'others' : 'unproven';
}

function nameOf({
  service: { cluster, namespace, name },
}: ServiceOwnership): string {
  return `${cluster}/${namespace}/${name}`;
}
