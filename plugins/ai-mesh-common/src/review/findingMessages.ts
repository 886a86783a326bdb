import { ISTIO, message, type FindingMessage } from './message';
import { objectMessages } from './objectMessages';

export type { FindingMessage } from './message';

const VIRTUAL_SERVICE = `${ISTIO}/reference/config/networking/virtual-service`;
const DESTINATION_RULE = `${ISTIO}/reference/config/networking/destination-rule`;
const RETRIES = `${VIRTUAL_SERVICE}/#HTTPRetry`;
const OUTLIERS = `${DESTINATION_RULE}/#OutlierDetection`;
const POOLS = `${DESTINATION_RULE}/#ConnectionPoolSettings`;
const MIRRORS = `${VIRTUAL_SERVICE}/#HTTPMirrorPolicy`;
const PEER_AUTHENTICATION = `${ISTIO}/reference/config/security/peer_authentication/`;
const AUTHORIZATION = `${ISTIO}/reference/config/security/authorization-policy/`;
const L4_POLICIES = `${ISTIO}/ambient/usage/l4-policy/`;
/** Kiali's of a policy that only a waypoint could enforce; which of them, the object says. */
const L7_CODES = ['KIA0109', 'KIA0110'];
const TELEMETRY = `${ISTIO}/reference/config/telemetry/`;

/**
 * Every message of the review: its code, how bad it is, where to read more. Its words are in `findingText`.
 *
 * @public
 */
export const findingMessages = {
  AIM101: message('AIM101', 'medium', `${VIRTUAL_SERVICE}/#HTTPRoute`),
  AIM102: message('AIM102', 'high', `${VIRTUAL_SERVICE}/#HTTPRoute`),
  AIM103: message('AIM103', 'high', RETRIES),
  'AIM103.gatewayError': message('AIM103', 'note', RETRIES),
  AIM104: message('AIM104', 'medium', RETRIES),
  AIM105: message('AIM105', 'high', RETRIES),
  AIM106: message('AIM106', 'note', RETRIES),
  AIM201: message('AIM201', 'medium', OUTLIERS),
  AIM202: message('AIM202', 'medium', OUTLIERS),
  'AIM203.capacity': message('AIM203', 'medium', OUTLIERS),
  'AIM203.panic': message('AIM203', 'medium', OUTLIERS),
  'AIM204.missing': message('AIM204', 'medium', POOLS),
  'AIM204.low': message('AIM204', 'medium', POOLS),
  AIM205: message('AIM205', 'medium', POOLS),
  AIM206: message(
    'AIM206',
    'low',
    `${ISTIO}/ops/configuration/telemetry/envoy-stats/`,
  ),
  'AIM207.share': message('AIM207', 'medium', OUTLIERS),
  'AIM207.single': message('AIM207', 'note', OUTLIERS),
  'AIM207.counts': message('AIM207', 'medium', OUTLIERS),
  'AIM301.host': message(
    'AIM301',
    'high',
    `${VIRTUAL_SERVICE}/#Destination`,
    'IST0101',
    'KIA1101',
    'KIA1402',
  ),
  'AIM301.subset': message(
    'AIM301',
    'high',
    `${VIRTUAL_SERVICE}/#Destination`,
    'IST0101',
    'KIA1107',
  ),
  'AIM301.unseenSubset': message(
    'AIM301',
    'medium',
    `${DESTINATION_RULE}/#DestinationRule`,
  ),
  'AIM301.port': message(
    'AIM301',
    'high',
    `${VIRTUAL_SERVICE}/#Destination`,
    'IST0101',
  ),
  'AIM301.mirrorHost': message('AIM301', 'medium', MIRRORS, 'IST0101'),
  'AIM301.mirrorSubset': message('AIM301', 'medium', MIRRORS, 'IST0101'),
  'AIM301.mirrorPort': message('AIM301', 'medium', MIRRORS, 'IST0101'),
  'AIM301.endpoints': message(
    'AIM301',
    'high',
    `${VIRTUAL_SERVICE}/#Destination`,
  ),
  'AIM301.ruleHost': message(
    'AIM301',
    'medium',
    `${DESTINATION_RULE}/#DestinationRule`,
    'IST0174',
    'KIA0202',
  ),
  'AIM301.emptySubset': message(
    'AIM301',
    'low',
    `${DESTINATION_RULE}/#Subset`,
    'IST0173',
    'KIA0203',
  ),
  'AIM302.unreachable': message(
    'AIM302',
    'medium',
    `${VIRTUAL_SERVICE}/#HTTPMatchRequest`,
    'IST0130',
  ),
  'AIM302.overlap': message(
    'AIM302',
    'low',
    `${VIRTUAL_SERVICE}/#HTTPMatchRequest`,
    'IST0131',
  ),
  AIM303: message(
    'AIM303',
    'high',
    `${ISTIO}/ops/best-practices/traffic-management/#split-virtual-services`,
    'IST0109',
    'KIA1106',
  ),
  AIM304: message('AIM304', 'low', `${VIRTUAL_SERVICE}/#HTTPRouteDestination`),
  AIM305: message('AIM305', 'high', `${VIRTUAL_SERVICE}/#HTTPFaultInjection`),
  AIM306: message('AIM306', 'medium', MIRRORS),
  AIM307: message('AIM307', 'medium', `${VIRTUAL_SERVICE}/#HTTPRoute`),
  'AIM401.ready': message('AIM401', 'medium', PEER_AUTHENTICATION),
  'AIM401.blocked': message('AIM401', 'medium', PEER_AUTHENTICATION),
  'AIM401.unknown': message('AIM401', 'medium', PEER_AUTHENTICATION),
  'AIM401.noProxy': message('AIM401', 'high', PEER_AUTHENTICATION),
  AIM402: message('AIM402', 'high', PEER_AUTHENTICATION),
  AIM403: message(
    'AIM403',
    'high',
    `${DESTINATION_RULE}/#ClientTLSSettings`,
    'KIA0207',
    'KIA0208',
    'KIA0505',
    'KIA0506',
  ),
  'AIM404.missing': message('AIM404', 'medium', AUTHORIZATION, 'KIA1301'),
  'AIM404.allowsAll': message('AIM404', 'medium', AUTHORIZATION),
  'AIM405.never': message('AIM405', 'high', AUTHORIZATION, 'KIA0105'),
  'AIM405.bypass': message('AIM405', 'high', AUTHORIZATION),
  'AIM405.plaintextCaller': message('AIM405', 'medium', AUTHORIZATION),
  'AIM407.noEffect': message('AIM407', 'high', L4_POLICIES, ...L7_CODES),
  'AIM407.altered': message('AIM407', 'medium', L4_POLICIES, ...L7_CODES),
  AIM408: message(
    'AIM408',
    'medium',
    `${AUTHORIZATION}#PolicyTargetReference`,
    'IST0166',
  ),
  AIM409: message(
    'AIM409',
    'low',
    `${ISTIO}/reference/config/networking/sidecar/`,
    'IST0167',
  ),
  AIM410: message('AIM410', 'high', PEER_AUTHENTICATION),
  'AIM411.rule': message(
    'AIM411',
    'medium',
    `${DESTINATION_RULE}/#ClientTLSSettings`,
    'IST0128',
  ),
  'AIM411.port': message(
    'AIM411',
    'medium',
    `${DESTINATION_RULE}/#ClientTLSSettings`,
    'IST0129',
  ),
  AIM501: message('AIM501', 'low', `${TELEMETRY}#Tracing`),
  'AIM502.none': message('AIM502', 'medium', `${TELEMETRY}#Tracing`),
  'AIM502.all': message('AIM502', 'medium', `${TELEMETRY}#Tracing`),
  AIM503: message('AIM503', 'low', `${TELEMETRY}#AccessLogging`),
  'AIM601.noEntry': message(
    'AIM601',
    'medium',
    `${ISTIO}/tasks/traffic-management/egress/egress-control/`,
  ),
  'AIM601.passthrough': message(
    'AIM601',
    'medium',
    `${ISTIO}/tasks/traffic-management/egress/egress-control/`,
  ),
  'AIM601.noTls': message(
    'AIM601',
    'high',
    `${ISTIO}/tasks/traffic-management/egress/egress-tls-origination/`,
  ),
  AIM701: message('AIM701', 'medium', `${ISTIO}/releases/feature-stages/`),
  ...objectMessages,
} satisfies Record<string, FindingMessage>;

/** @public */
export type FindingMessageKey = keyof typeof findingMessages;
