import { ObjectStore } from '../store';
import { ruleMatches } from './authorizationRules';
import type {
  AuthorizationSubject,
  ConnectionSubject,
} from './authorizationSubjects';
import { AuthorizationPolicy, MeshSettings, TargetRef } from './istioObjects';
import { selects } from './kubernetesObjects';
import { MeshService, Workload } from './model';
import { tunnelRuleMatches } from './tunnelRules';

/** Evaluates DENY and ALLOW AuthorizationPolicies. CUSTOM and AUDIT have no effect here. */
export class Authorization {
  private readonly policies: AuthorizationPolicy[];
  private readonly applying = new Map<string, AuthorizationPolicy[]>();

  constructor(
    store: ObjectStore,
    private readonly settings: MeshSettings,
  ) {
    this.policies = store
      .list<AuthorizationPolicy>('security.istio.io', 'AuthorizationPolicy')
      .filter(({ metadata }) => !isDryRun(metadata.annotations));
  }

  /** At a workload's own Envoy. */
  allows(workload: Workload, subject: AuthorizationSubject): boolean {
    return decide(this.selecting(workload), policy =>
      (policy.spec?.rules ?? []).some(rule =>
        ruleMatches(rule, subject, policy.metadata.namespace ?? ''),
      ),
    );
  }

  /** At the ztunnel of a workload's node, which sees connections and no requests. */
  allowsConnection(workload: Workload, subject: ConnectionSubject): boolean {
    return decide(this.selecting(workload), policy =>
      (policy.spec?.rules ?? []).some(rule =>
        tunnelRuleMatches(rule, subject, {
          action: policy.spec?.action ?? 'ALLOW',
          namespace: policy.metadata.namespace ?? '',
        }),
      ),
    );
  }

  /** At a waypoint: only policies that name the service, the waypoint's Gateway or its class are there. */
  allowsAtWaypoint(
    waypoint: Workload,
    service: MeshService,
    subject: AuthorizationSubject,
  ): boolean {
    return decide(this.targeting(waypoint, service), policy =>
      (policy.spec?.rules ?? []).some(rule =>
        ruleMatches(rule, subject, policy.metadata.namespace ?? ''),
      ),
    );
  }

  private selecting(workload: Workload): AuthorizationPolicy[] {
    return this.remember(workload.key, ({ metadata, spec }) => {
      const selector = spec?.selector?.matchLabels;
      return (
        targetsOf(spec).length === 0 &&
        [workload.namespace, this.settings.rootNamespace].includes(
          metadata.namespace ?? '',
        ) &&
        (!selector || selects(selector, workload.labels))
      );
    });
  }

  private targeting(
    waypoint: Workload,
    service: MeshService,
  ): AuthorizationPolicy[] {
    const gateway = waypoint.labels['gateway.networking.k8s.io/gateway-name'];
    return this.remember(
      `${waypoint.key}|${service.host}`,
      ({ metadata: { namespace }, spec }) =>
        targetsOf(spec).some(({ group = '', kind, name }) => {
          switch (`${group}/${kind}`) {
            case '/Service':
            case 'core/Service':
              return (
                !service.external &&
                namespace === service.namespace &&
                name === service.name
              );
            case 'networking.istio.io/ServiceEntry':
              return (
                service.external &&
                namespace === service.namespace &&
                name === service.entry
              );
            case 'gateway.networking.k8s.io/Gateway':
              return namespace === waypoint.namespace && name === gateway;
            case 'gateway.networking.k8s.io/GatewayClass':
              return (
                namespace === this.settings.rootNamespace &&
                name === 'istio-waypoint'
              );
            default:
              return false;
          }
        }),
    );
  }

  private remember(
    key: string,
    applies: (policy: AuthorizationPolicy) => boolean,
  ): AuthorizationPolicy[] {
    let found = this.applying.get(key);
    if (!found) {
      found = this.policies.filter(applies);
      this.applying.set(key, found);
    }
    return found;
  }
}

function decide(
  policies: readonly AuthorizationPolicy[],
  matches: (policy: AuthorizationPolicy) => boolean,
): boolean {
  if (policies.length === 0) {
    return true;
  }
  if (policies.some(one => one.spec?.action === 'DENY' && matches(one))) {
    return false;
  }
  const allowing = policies.filter(
    ({ spec }) => (spec?.action ?? 'ALLOW') === 'ALLOW',
  );
  return allowing.length === 0 || allowing.some(matches);
}

function targetsOf(spec: AuthorizationPolicy['spec']): TargetRef[] {
  const many = spec?.targetRefs ?? [];
  return many.length > 0 || !spec?.targetRef ? many : [spec.targetRef];
}

/** As Go's `strconv.ParseBool` reads it. */
function isDryRun(annotations: Record<string, string> | undefined): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(
    annotations?.['istio.io/dry-run'] ?? '',
  );
}
