import type { FindingCode } from '@ai-mesh/plugin-ai-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { useEffect } from 'react';
import { useFixTemplate } from '../../../hooks';
import { useAiMeshTranslation } from '../../../translation';
import { between } from '../../Figures';
import { Notice } from '../../Marks';
import { textBy } from '../../States';
import { fleetProposals } from './fleetProposals';
import { ProposalPanel } from './ProposalPanel';
import { useChanges } from './useChanges';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2) },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** What mending a code changes, for each repository that one request is opened in; and what cannot be mended from here. */
export function ChangesOfCode(props: {
  code: FindingCode;
  entityRefs: readonly string[];
  /** Called when they are there, which is below what was on the screen. */
  onShown: () => void;
}) {
  const { code, entityRefs, onShown } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { value, error } = useChanges(code, entityRefs);
  const proposing = useFixTemplate('fleetTemplate');
  useEffect(() => {
    if (value) {
      onShown();
    }
  }, [value, onShown]);
  if (error) {
    return <Notice tone="unknown" title={textBy(error, t)} />;
  }
  if (!value) {
    return (
      <div role="status" aria-label={t('screen.loading')}>
        <Skeleton variant="rect" height={160} />
      </div>
    );
  }
  const { changes, unread } = value;
  const proposals = fleetProposals(changes);
  const left = changes.filter(({ obstacle }) => obstacle);
  return (
    <div className={classes.root}>
      {changes.length + unread.length === 0 && (
        <Notice tone="healthy" title={t('fleet.findings.goneNow', { code })} />
      )}
      {proposals.length > 0 && !proposing && (
        <Notice tone="unknown" title={t('fleet.findings.noTemplate')} />
      )}
      {proposals.map(proposal => (
        <ProposalPanel
          key={`${proposal.repository} ${proposal.revision}`}
          proposal={proposal}
          proposing={proposing}
        />
      ))}
      {left.length + unread.length > 0 && (
        <div>
          <Typography variant="subtitle2" component="h3">
            {t('fleet.findings.left')}
          </Typography>
          <ul className={classes.list}>
            {left.map(({ entityRef, finding, obstacle }) => (
              <li key={`${entityRef} ${finding.id}`}>
                <EntityRefLink entityRef={entityRef} underline="always" />
                {t('text.colon')}
                {t('review.requests.finding', {
                  code,
                  kind: finding.object.kind,
                  name: finding.object.name,
                })}
                {between(t)}
                {t(`fleet.findings.obstacle.${obstacle!}`)}
              </li>
            ))}
            {unread.map(({ entityRef, error: why }) => (
              <li key={entityRef}>
                <EntityRefLink entityRef={entityRef} underline="always" />
                {t('text.colon')}
                {t('fleet.findings.unread', { reason: textBy(why, t) })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
