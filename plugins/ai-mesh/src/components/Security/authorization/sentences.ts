import type {
  IneffectivePlace,
  WaypointState,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../../translation';

/** Why a place in a policy does not do what it says. */
export function ineffectiveSentence(
  { why, fields, message }: IneffectivePlace,
  t: Translate,
): string {
  switch (why) {
    case 'ztunnel-deny':
    case 'ztunnel-deny-wider':
    case 'ztunnel-allow':
    case 'ztunnel-allow-wider':
      return t(`security.ineffective.${why}`, { fields: fields.join(', ') });
    case 'ztunnel-action':
      return t(`security.ineffective.${why}`);
    default:
      return `${t(`security.ineffective.${why}`)} ${message}`;
  }
}

/** Which waypoint stands before the service; nothing where nobody asked for one. */
export function waypointSentence(
  { status, namespace, name, message }: WaypointState,
  t: Translate,
): string | undefined {
  if (status === 'none') {
    return undefined;
  }
  const sentence = t(`security.waypoint.${status}`, {
    name: `${namespace}/${name}`,
  });
  return [sentence, message].filter(Boolean).join(' ');
}
