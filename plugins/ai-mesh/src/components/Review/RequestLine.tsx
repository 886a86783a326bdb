import type { FixRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type { Tone } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { ToneMark } from '../Marks';

type Standing = FixRequest['findings'][number]['standing'];

const stateTones = {
  open: 'accent',
  conflicting: 'failing',
  merged: 'healthy',
  closed: 'degraded',
  unknown: 'unknown',
} as const satisfies Record<string, Tone>;

const standingTones = {
  found: 'degraded',
  applied: 'accent',
  gone: 'healthy',
  unknown: 'unknown',
} as const satisfies Record<Standing, Tone>;

/**
 * A pull request: where it is, what became of it, and how findings that it mends stand in the cluster.
 *
 * @param props - `findings`: those to speak of; all of the request unless given
 */
export function RequestLine(props: {
  request: FixRequest;
  findings?: FixRequest['findings'];
}) {
  const { request, findings = request.findings } = props;
  const { url, state } = request;
  const { t } = useAiMeshTranslation();
  const known = state.status === 'known' ? state.value : 'unknown';
  return (
    <li>
      <Link to={url}>{url}</Link>{' '}
      <ToneMark tone={stateTones[known]}>
        {t(`review.requests.state.${known}`)}
      </ToneMark>
      {state.status === 'unknown' && (
        <Typography variant="body2">
          {t(`review.requests.unknown.${state.reason}`)}
        </Typography>
      )}
      {findings.map(({ id, code, object, standing }) => (
        <Typography key={id} variant="body2">
          {t('review.requests.finding', {
            code,
            kind: object.kind,
            name: object.name,
          })}{' '}
          <ToneMark tone={standingTones[standing]}>
            {t(`review.requests.standing.${standing}`)}
          </ToneMark>
        </Typography>
      ))}
    </li>
  );
}
