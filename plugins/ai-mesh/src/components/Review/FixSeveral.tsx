import type { Finding } from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useFixTemplate } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { jointProposals, proposalForm } from './proposal';

/** One pull request for all the findings that are shown, for each folder that they are kept in. */
export function FixSeveral(props: { findings: readonly Finding[] }) {
  const { t } = useAiMeshTranslation();
  const entityRef = stringifyEntityRef(useEntity().entity);
  const proposing = useFixTemplate();
  if (!proposing) {
    return null;
  }
  return (
    <>
      {jointProposals(props.findings).map(({ repository, path, findings }) => (
        <div key={`${repository} ${path}`}>
          <LinkButton
            size="small"
            color="primary"
            variant="outlined"
            // A place is written as it is.
            style={{ textTransform: 'none' }}
            to={proposing(proposalForm(entityRef, findings))}
          >
            {t('review.fix.several', {
              total: String(findings.length),
              place: path === undefined ? repository : `${repository} ${path}`,
            })}
          </LinkButton>
        </div>
      ))}
    </>
  );
}
