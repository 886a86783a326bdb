import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useAiMeshTranslation } from '../../../translation';
import { Notice } from '../../Marks';
import { FixDiff } from '../../Review/FixDiff';
import { CheckLine } from './CheckLine';
import type { FleetProposal } from './fleetProposals';
import { mergeTexts } from './mergeTexts';
import type { useChosen } from './useChosen';

/** The findings of one manifest, to choose from, and what the chosen ones change in it together. */
export function ManifestChanges(props: {
  /** At least one, all of the same object. */
  changes: FleetProposal['changes'];
  choice: ReturnType<typeof useChosen>;
}) {
  const { changes, choice } = props;
  const { t } = useAiMeshTranslation();
  const { object, before } = changes[0].fix;
  const chosen = changes.filter(({ finding }) => choice.isChosen(finding.id));
  const after = mergeTexts(
    before,
    chosen.map(({ fix }) => fix.yaml),
  );
  const diffs =
    after === undefined ? chosen.map(({ fix }) => fix.yaml) : [after];
  return (
    <>
      {changes.map(({ entityRef, finding: { id, path } }) => (
        <CheckLine
          key={id}
          label={t('fleet.findings.choose', {
            name: `${object.kind} ${object.name} ${path}`.trim(),
          })}
          checked={choice.isChosen(id)}
          onToggle={() => choice.toggle(id)}
        >
          <span>
            {object.kind} {object.namespace && `${object.namespace}/`}
            {object.name} {changes.length > 1 && path} (
            <EntityRefLink entityRef={entityRef} underline="always" />)
          </span>
        </CheckLine>
      ))}
      {after === undefined && (
        <Notice tone="degraded" title={t('fleet.findings.sameLines')} />
      )}
      {chosen.length > 0 &&
        diffs.map((text, index) => (
          <FixDiff
            key={index}
            kind={object.kind}
            name={object.name}
            before={before}
            after={text}
          />
        ))}
    </>
  );
}
