import {
  known,
  type Authorization,
  type AuthorizationVerdict,
  type Measured,
  type ServiceDecision,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { RangeSeries } from '../../prometheus/PrometheusClient';
import type { EffectiveRule } from '../../routes/EffectiveRoutes';
import { calledService } from '../calledService';
import { firstOf } from '../firstOf';
import { isUnanswered, type ObservedCaller } from '../observedCallers';
import { authorizer } from './authorizer';
import type { CallQuestion } from './CallRequest';
import { callerWay } from './callerWay';
import { deniedCallers } from './deniedCallers';
import { describePolicies, ineffectivePlaces } from './describePolicies';
import { notEvaluated } from './notEvaluated';
import { operations } from './operations';
import { requestPort } from './requestPort';
import { ownPrincipals, trustDomains } from './trustDomains';
import { unusedRules } from './unusedRules';

/** More rows than a person would read; those with the most traffic come first. */
const MOST_CALLERS = 100;

export interface AuthorizationInputs {
  readonly snapshot: MeshSnapshot;
  readonly service: ServiceObject;
  readonly rules: readonly EffectiveRule[];
  readonly observed: Measured<readonly ObservedCaller[]>;
  /** Of the query for answers with 403. */
  readonly denied: Measured<readonly RangeSeries[]>;
}

/** A call of which nothing is known but that it has no identity. */
const anonymous: CallQuestion = {
  principal: null,
  ip: undefined,
  method: undefined,
  path: undefined,
  host: undefined,
  port: undefined,
  headers: undefined,
};

/** A caller of the mesh whose identity nobody has. */
const NOBODY = { principal: '~/ns/~/sa/~', way: 'ambient' } as const;

/** Who may call what, by which policy and rule. */
export function serviceAuthorization(
  inputs: AuthorizationInputs,
): Authorization {
  const { snapshot, service, observed } = inputs;
  const { namespace = '', name } = service.metadata;
  const called = calledService(snapshot, service);
  const seen = observed.status === 'known' ? observed.value : [];
  const trust = trustDomains(
    snapshot,
    namespace,
    ownPrincipals(snapshot, seen),
  );
  const { policies, waypoint, decide } = authorizer(
    snapshot,
    service,
    called,
    trust,
  );
  const { columns, more: moreOperations } = operations(policies, inputs.rules);
  const rows = firstOf(seen, MOST_CALLERS);
  const port = requestPort(called);
  const decisions = (who: Pick<CallQuestion, 'principal' | 'way'>) =>
    columns.map(column =>
      decide({
        ...anonymous,
        ...who,
        method: column.method,
        path: column.path,
        port: column.port ?? port,
      }),
    );
  const denied = deniedCallers(
    snapshot.cluster,
    inputs.denied,
    { namespace, name },
    caller =>
      decisions({
        principal: caller.principal ?? null,
        way: callerWay(snapshot, caller),
      }),
  );
  return {
    policies: describePolicies(snapshot, policies),
    ineffective: ineffectivePlaces(snapshot, policies),
    waypoint,
    otherwise: otherwise(
      waypoint.status === 'serving' ? [anonymous, NOBODY] : [anonymous],
      decisions,
    ),
    operations: columns,
    ...(moreOperations !== undefined && { moreOperations }),
    callers:
      observed.status === 'unknown'
        ? observed
        : known(
            rows.shown.map(caller => ({
              caller: {
                cluster: caller.cluster ?? snapshot.cluster,
                id: caller.id,
                ...(caller.namespace !== undefined && {
                  namespace: caller.namespace,
                }),
                ...(caller.workload !== undefined && {
                  workload: caller.workload,
                }),
                ...(caller.principal !== undefined && {
                  principal: caller.principal,
                }),
              },
              decisions: decisions({
                principal: principalOf(caller),
                way: callerWay(snapshot, caller),
              }),
            })),
          ),
    ...(rows.more !== undefined && { moreCallers: rows.more }),
    ...denied,
    unusedRules: unusedRules(
      snapshot,
      policies,
      trust,
      observed.status === 'unknown'
        ? observed
        : known(
            observed.value
              .filter(caller => !isUnanswered(caller))
              .map(caller => ({
                ...anonymous,
                principal: principalOf(caller),
              })),
          ),
    ),
    notEvaluated: notEvaluated(snapshot, policies),
  };
}

/** What those get whom no rule names; past a waypoint, who has no proxy may get something else. */
function otherwise(
  callers: readonly Pick<CallQuestion, 'principal' | 'way'>[],
  decisions: (
    who: Pick<CallQuestion, 'principal' | 'way'>,
  ) => ServiceDecision[],
): AuthorizationVerdict {
  const verdicts = new Set(
    callers.map(who => decisions(who).at(-1)?.verdict ?? 'unknown'),
  );
  return verdicts.size === 1 ? [...verdicts][0] : 'differs';
}

/** A caller that was only seen in plaintext has no identity; of one that spoke mutual TLS it may not be exported. */
function principalOf({
  principal,
  mtls,
}: ObservedCaller): string | null | undefined {
  return (
    principal ??
    (mtls.status === 'unknown' || mtls.value.encrypted > 0 ? undefined : null)
  );
}
