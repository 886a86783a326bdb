import type { FixRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type { Tone } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { behind, between } from '../Figures';
import { Said, ToneMark } from '../Marks';

type Standing = FixRequest['findings'][number]['standing'];
type ObjectStanding = FixRequest['objects'][number]['standing'];

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

const objectTones = {
  applied: 'healthy',
  differs: 'degraded',
  absent: 'degraded',
  unknown: 'unknown',
} as const satisfies Record<ObjectStanding, Tone>;

/**
 * A pull request: where it is, what became of it, and how what it is for stands in the cluster.
 *
 * @param props - `findings`, `objects`: those to speak of; all of the request unless given
 */
export function RequestLine(props: {
  request: FixRequest;
  findings?: FixRequest['findings'];
  objects?: FixRequest['objects'];
}) {
  const {
    request,
    findings = request.findings,
    objects = request.objects,
  } = props;
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
          <Said of={state} />
        </Typography>
      )}
      {findings.map(({ id, code, object, standing }) => (
        <Typography key={id} variant="body2">
          {t('review.requests.finding', {
            code,
            kind: object.kind,
            name: object.name,
          })}
          {between(t)}
          <ToneMark tone={standingTones[standing]}>
            {t(`review.requests.standing.${standing}`)}
          </ToneMark>
        </Typography>
      ))}
      {objects.map(({ object, standing, message, words }) => {
        const told = t(`review.requests.object.${inWords(standing, known)}`);
        return (
          <Typography key={JSON.stringify(object)} variant="body2">
            {t('review.requests.object', {
              kind: object.kind,
              name: object.name,
              cluster: object.cluster,
            })}
            {between(t)}
            <ToneMark tone={objectTones[standing]}>{told}</ToneMark>
            {message !== undefined && (
              <>
                {behind(told)}
                <Said of={{ message, words }} />
              </>
            )}
          </Typography>
        );
      })}
      {request.kind === 'rules' && request.objects.length === 0 && (
        <Typography variant="body2">{t('review.requests.noObject')}</Typography>
      )}
    </li>
  );
}

/** Of what is merged one expects the cluster to have it, be it not yet or not any more. */
function inWords(
  standing: ObjectStanding,
  state: keyof typeof stateTones,
): ObjectStanding | 'notApplied' {
  return state === 'merged' && (standing === 'differs' || standing === 'absent')
    ? 'notApplied'
    : standing;
}
