import { LinkButton } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useAiMeshTranslation } from '../../../translation';
import { MOST_OF_ONE_REQUEST } from '../../Review/proposal';
import { byManifest, type FleetProposal } from './fleetProposals';
import { ManifestChanges } from './ManifestChanges';
import { useChosen } from './useChosen';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
  list: { listStyle: 'none', margin: 0, padding: 0 },
}));

/** What one pull request changes, manifest by manifest, and the way to ask for it. */
export function ProposalPanel(props: {
  proposal: FleetProposal;
  /** The way to the template; absent: there is none. */
  proposing?: (form: object) => string;
}) {
  const { proposal, proposing } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const id = useId();
  const choice = useChosen();
  const offered = proposal.changes.slice(0, MOST_OF_ONE_REQUEST);
  const chosen = offered.filter(({ finding }) => choice.isChosen(finding.id));
  const more = proposal.changes.length - offered.length;
  return (
    <Paper
      variant="outlined"
      className={classes.root}
      component="section"
      aria-labelledby={id}
    >
      <Typography id={id} variant="subtitle2" component="h3">
        {t('fleet.findings.request', { place: proposal.repository })}
      </Typography>
      <ul className={classes.list}>
        {byManifest(offered).map(changes => (
          <li key={changes[0].finding.id}>
            <ManifestChanges changes={changes} choice={choice} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Typography variant="body2">
          {t('fleet.findings.later', { count: more })}
        </Typography>
      )}
      {proposing && (
        <div>
          <LinkButton
            color="primary"
            variant="contained"
            disabled={chosen.length === 0}
            to={proposing(formOf(proposal, chosen))}
          >
            {t('fleet.findings.open', { count: chosen.length })}
          </LinkButton>
        </div>
      )}
    </Paper>
  );
}

/** What the template's form begins with. */
function formOf(
  { repository, revision }: FleetProposal,
  chosen: FleetProposal['changes'],
): object {
  return {
    entityRefs: [...new Set(chosen.map(({ entityRef }) => entityRef))],
    findings: chosen.map(({ finding }) => finding.id),
    repository,
    ...(revision !== undefined && { revision }),
  };
}
