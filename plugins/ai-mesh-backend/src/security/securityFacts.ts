import type {
  AppliedPolicy,
  ClientMtls,
  IneffectivePlace,
  Measured,
  ServiceMtls,
  SettingSource,
  TelemetrySettings,
} from '@ai-mesh/plugin-ai-mesh-common';
import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { unknownKind } from '../kubernetes/unknownKind';
import { authorizer } from './authorization/authorizer';
import {
  describePolicies,
  ineffectivePlaces,
} from './authorization/describePolicies';
import {
  identityRules,
  openRules,
  type IdentityRule,
} from './authorization/identityRules';
import { calledService } from './calledService';
import { callerPairs, type CalledService } from './callerPairs';
import { clientMtls } from './clientMtls';
import { workloadsBehind } from './MeshWorkload';
import { serviceMtls, type ServiceMtlsInputs } from './serviceMtls';
import { telemetrySettings } from './telemetrySettings';

/** What the security capability knows of one service, for whoever judges it further. */
export interface ServiceSecurityFacts {
  readonly mtls: ServiceMtls;
  /** Why the AuthorizationPolicies are not known; undefined: they are. */
  readonly unknownPolicies: Measured<never> | undefined;
  readonly policies: readonly AppliedPolicy[];
  /** What of them does not do what it says. */
  readonly ineffective: readonly IneffectivePlace[];
  /** Rules of ALLOW policies without any condition. */
  readonly openRules: readonly SettingSource[];
  readonly identityRules: readonly IdentityRule[];
  /** The identities that were seen calling, without `spiffe://`. */
  readonly principals: readonly string[];
  /** What calls of a caller with a proxy come to, where all ports agree. */
  readonly callersAre: 'encrypted' | 'plaintext' | 'unknown';
  readonly telemetry: Measured<readonly TelemetrySettings[]>;
  /** What the service's workloads send to a port of another host. */
  readonly tlsTo: (host: string, port: number) => ClientMtls;
}

/** Which policies there are does not depend on who calls. */
const NOBODY_ASKS = { own: undefined, aliases: undefined };

export function securityFacts(inputs: ServiceMtlsInputs): ServiceSecurityFacts {
  const { snapshot, service, observed, autoMtls } = inputs;
  const { namespace = '' } = service.metadata;
  const called = calledService(snapshot, service);
  const { policies } = authorizer(snapshot, service, called, NOBODY_ASKS);
  const effective = policies.filter(({ effect }) => effect !== 'none');
  const workloads = workloadsBehind(snapshot, service);
  return {
    mtls: serviceMtls(inputs),
    unknownPolicies: unknownKind(snapshot, 'AuthorizationPolicy'),
    policies: describePolicies(snapshot, policies),
    ineffective: ineffectivePlaces(snapshot, policies),
    openRules: openRules(snapshot, effective),
    identityRules: identityRules(snapshot, effective),
    principals:
      observed.status === 'known'
        ? observed.value.flatMap(({ principal }) => principal ?? [])
        : [],
    callersAre: outcomeOf(inputs, namespace, called),
    telemetry:
      unknownKind(snapshot, 'Telemetry') ??
      known(workloads.map(workload => telemetrySettings(snapshot, workload))),
    tlsTo: (host, port) =>
      clientMtls(snapshot, {
        caller: {
          namespace,
          proxy: workloads[0]?.proxy ?? 'unknown',
          ...(workloads[0] && { labels: workloads[0].labels }),
        },
        host,
        port,
        autoMtls,
      }),
  };
}

function outcomeOf(
  { snapshot, autoMtls }: ServiceMtlsInputs,
  namespace: string,
  called: CalledService,
): ServiceSecurityFacts['callersAre'] {
  const outcomes = new Set(
    callerPairs(snapshot, { namespace, proxy: 'sidecar' }, called, {
      autoMtls,
    }).map(({ outcome }) => outcome),
  );
  const [only] = outcomes;
  return outcomes.size === 1 && (only === 'encrypted' || only === 'plaintext')
    ? only
    : 'unknown';
}
