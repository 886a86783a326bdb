import type {
  IneffectivePlace,
  WaypointState,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../../translation';
import { inARow, textSaid } from '../../Figures';

/** Why a place in a policy does not do what it says. */
export function ineffectiveSentence(
  place: IneffectivePlace,
  t: Translate,
): string {
  const { why, fields } = place;
  switch (why) {
    case 'ztunnel-deny':
    case 'ztunnel-deny-wider':
    case 'ztunnel-allow':
    case 'ztunnel-allow-wider':
      return t(`security.ineffective.${why}`, {
        fields: fields.join(t('text.and')),
      });
    case 'ztunnel-action':
      return t(`security.ineffective.${why}`);
    default:
      return inARow([t(`security.ineffective.${why}`), textSaid(place, t)], t);
  }
}

/** Which waypoint stands before the service; nothing where nobody asked for one. */
export function waypointSentence(
  waypoint: WaypointState,
  t: Translate,
): string | undefined {
  const { status, namespace, name, message = '', words } = waypoint;
  if (status === 'none') {
    return undefined;
  }
  const sentence = t(`security.waypoint.${status}`, {
    name: `${namespace}/${name}`,
  });
  return inARow([sentence, textSaid({ message, words }, t)], t);
}
