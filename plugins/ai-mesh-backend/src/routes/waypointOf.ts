import {
  said,
  wording,
  wordsOf,
  type WaypointState,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, ServiceObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import { Field } from './Field';

const USE_WAYPOINT = 'istio.io/use-waypoint';
const USE_WAYPOINT_NAMESPACE = 'istio.io/use-waypoint-namespace';
const INGRESS_USE_WAYPOINT = 'istio.io/ingress-use-waypoint';
const WAYPOINT_FOR = 'istio.io/waypoint-for';
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';
/** The class of the waypoints that Istio runs; policies name it to mean all of them. */
export const WAYPOINT_CLASS = 'istio-waypoint';
const HBONE_PORT = 15008;

/** The waypoint that a Service asks for, and whether its requests pass it. */
export interface Waypoint {
  readonly state: WaypointState;
  /** As the labels name it; absent: none is asked for. */
  readonly asked?: { readonly namespace: string; readonly name: string };
  /** Whether gateways send their requests to it as well. */
  readonly takesIngress?: boolean;
  /** Whose identity the called side sees instead of the caller's; present where it serves. */
  readonly serviceAccount?: string;
}

/**
 * The waypoint that a Service asks for by its labels, or its namespace by its own, and whether istiod uses it
 * (`ambient/waypoints.go`): where it does not, ztunnel sends requests straight to the workload.
 */
export function waypointOf(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): Waypoint {
  const { namespace = '', labels } = service.metadata;
  const namespaceLabels = snapshot.get('Namespace', '', namespace)?.metadata
    .labels;
  const byNamespace = askedBy(namespaceLabels, namespace);
  const asked = askedBy(labels, namespace) ?? byNamespace;
  if (!asked || asked === 'none') {
    return { state: { status: 'none' } };
  }
  const found = judge(snapshot, asked, namespace);
  return {
    asked,
    // `ingressUseWaypoint` of `ambient/sidecar_interop.go`: the Service's label, else its namespace's.
    takesIngress:
      (
        labels?.[INGRESS_USE_WAYPOINT] ??
        namespaceLabels?.[INGRESS_USE_WAYPOINT]
      )?.toLowerCase() === 'true',
    state: {
      ...asked,
      ...found,
      ...(byNamespace &&
        byNamespace !== 'none' &&
        !isSame(asked, byNamespace) &&
        said(
          wording('waypoint.serviceCounts', {
            name: `${byNamespace.namespace}/${byNamespace.name}`,
          }),
          ...wordsOf(found),
        )),
    },
    ...(found.status === 'serving' && {
      serviceAccount: accountOf(snapshot, asked),
    }),
  };
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

function askedBy(
  labels: Readonly<Record<string, string>> | undefined,
  namespace: string,
): Named | 'none' | undefined {
  const name = labels?.[USE_WAYPOINT];
  if (name === undefined || name === '') {
    return undefined;
  }
  return name === 'none'
    ? 'none'
    : { namespace: labels?.[USE_WAYPOINT_NAMESPACE] ?? namespace, name };
}

function isSame(a: Named, b: Named): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

function judge(
  snapshot: MeshSnapshot,
  { namespace, name }: Named,
  from: string,
): Pick<WaypointState, 'status' | 'message' | 'words'> {
  const asked = `${namespace}/${name}`;
  const missing = unknownKind(snapshot, 'KubernetesGateway');
  if (missing?.status === 'unknown' && missing.reason !== 'not-configured') {
    return {
      status: 'unknown',
      ...(missing.message !== undefined && said(...wordsOf(missing))),
    };
  }
  const gateway = snapshot.get('KubernetesGateway', namespace, name);
  if (!gateway) {
    return {
      status: 'missing',
      ...said(wording('waypoint.missing', { name: asked })),
    };
  }
  const spec = new Field(gateway.spec, 'spec', () => undefined);
  const className = spec.at('gatewayClassName').text() ?? '';
  if (className !== WAYPOINT_CLASS) {
    return {
      status: 'unknown',
      ...said(wording('waypoint.otherClass', { name: asked, className })),
    };
  }
  const takes = gateway.metadata.labels?.[WAYPOINT_FOR] ?? 'service';
  if (takes !== 'service' && takes !== 'all') {
    return {
      status: 'elsewhere',
      ...said(
        wording('waypoint.notForServices', {
          name: asked,
          label: WAYPOINT_FOR,
          takes,
        }),
      ),
    };
  }
  if (from !== namespace && !admits(snapshot, spec, from)) {
    return {
      status: 'elsewhere',
      ...said(
        wording('waypoint.notAdmitted', { name: asked, namespace: from }),
      ),
    };
  }
  return hasAddress(gateway)
    ? { status: 'serving' }
    : {
        status: 'not-ready',
        ...said(wording('waypoint.noAddress', { name: asked })),
      };
}

/** Without a word on that, a listener admits its own namespace alone. */
function admits(snapshot: MeshSnapshot, spec: Field, from: string): boolean {
  const allowed = spec
    .at('listeners')
    .list()
    .find(listener => listener.at('port').value === HBONE_PORT)
    ?.at('allowedRoutes')
    .at('namespaces');
  switch (allowed?.at('from').text()) {
    case 'All':
      return true;
    case 'Selector':
      return isSelected(
        allowed.at('selector'),
        snapshot.get('Namespace', '', from)?.metadata.labels ?? {},
      );
    default:
      return false;
  }
}

/** A label selector of Kubernetes; one that nothing could be is for nobody. */
function isSelected(
  selector: Field,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    hasLabels(labels, selector.at('matchLabels').textMap()) &&
    selector
      .at('matchExpressions')
      .list()
      .every(expression => {
        const value = labels[expression.at('key').text() ?? ''];
        const values = expression.at('values').texts();
        switch (expression.at('operator').text()) {
          case 'In':
            return value !== undefined && values.includes(value);
          case 'NotIn':
            return value === undefined || !values.includes(value);
          case 'Exists':
            return value !== undefined;
          case 'DoesNotExist':
            return value === undefined;
          default:
            return false;
        }
      })
  );
}

/** Written once a pod of it was ready, and not taken away again. */
function hasAddress(gateway: ConfigObject): boolean {
  const { status } = gateway as { status?: unknown };
  return (
    new Field(status, 'status', () => undefined).at('addresses').list().length >
    0
  );
}

/** Istio names a waypoint's service account as its Gateway. */
function accountOf(snapshot: MeshSnapshot, { namespace, name }: Named): string {
  const pod = snapshot
    .inNamespace('Pod', namespace)
    .find(({ metadata }) => metadata.labels?.[GATEWAY_NAME] === name);
  return pod?.spec?.serviceAccountName ?? name;
}
