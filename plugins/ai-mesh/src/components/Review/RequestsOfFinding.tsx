import type { FixRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { RequestLine } from './RequestLine';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** The pull requests that are to mend a finding, beside it. */
export function RequestsOfFinding(props: {
  findingId: string;
  requests: readonly FixRequest[];
}) {
  const { findingId, requests } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const own = requests.flatMap(request => {
    const findings = request.findings.filter(({ id }) => id === findingId);
    return findings.length > 0 ? [{ request, findings }] : [];
  });
  if (own.length === 0) {
    return null;
  }
  return (
    <div>
      <Typography variant="subtitle2" component="h3">
        {t('review.requests.title')}
      </Typography>
      <ul className={classes.list}>
        {own.map(one => (
          <RequestLine key={one.request.id} {...one} />
        ))}
      </ul>
    </div>
  );
}
