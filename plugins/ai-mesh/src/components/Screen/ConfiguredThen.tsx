import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { useFormat } from '../../format';
import { versionName } from '../Canary/versionName';
import { between, whyUnknown } from '../Figures';

/** What of the configuration is of then nevertheless: how canaries had set the entity's routes. */
export function ConfiguredThen(props: {
  then: NonNullable<Overview['configuredThen']>;
}) {
  const { then } = props;
  const { t, format } = useFormat();
  if (then.status === 'unknown') {
    return (
      <div>{t('moment.canaryUnknown', { reason: whyUnknown(then, t) })}</div>
    );
  }
  return then.value.map(({ service, route, weights, since, canary }) => (
    <div key={canary.id}>
      {t('moment.canaryThen', {
        service: service.name,
        route: `${route.object.kind} ${route.object.name}`,
        weights: weights.destinations
          .map(
            destination =>
              `${versionName(destination)} ${format.percent(destination.percent / 100)}`,
          )
          .join(' / '),
        since: format.time(since),
      })}
      {between(t)}
      <Link to={`../canary/${canary.id}`} underline="always">
        {t('moment.canaryRecord', {
          version: versionName(canary.canary, service),
        })}
      </Link>
    </div>
  ));
}
