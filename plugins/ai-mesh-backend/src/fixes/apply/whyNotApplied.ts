import {
  wording,
  type JsonPatchOperation,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { FIELD_MANAGER, fieldManagersOf } from '../../kubernetes/fieldManagers';
import {
  isArgoCds,
  isFluxs,
  isManagedBy,
  trackerOf,
} from '../../kubernetes/gitOps';
import type { ConfigObject } from '../../kubernetes/kinds';
import { fullHost, serviceOfHost } from '../../routes/hosts';

type ServiceName = { namespace: string; name: string };

/** What is known of the place of an object that a fix changes. */
export interface ApplyPlace {
  entityRef: string;
  clusterDomain: string;
  /** Whether a Service is provably the entity's. */
  isProven(service: ServiceName): boolean;
  /** The canary that runs on an object. */
  canaryOn(object: ConfigObject): string | undefined;
}

/** Why a fix is not written into the cluster, as far as its object tells; undefined: nothing speaks against it. */
export function whyNotApplied(
  object: ConfigObject,
  operations: readonly JsonPatchOperation[],
  { entityRef, clusterDomain, isProven, canaryOn }: ApplyPlace,
): Words | undefined {
  const title = titleOf(object);
  if (
    object.spec === undefined ||
    operations.some(({ path }) => !path.startsWith('/spec/'))
  ) {
    return wording('apply.beyondSpec', { object: title });
  }
  const reached = servicesReached(object, clusterDomain);
  if ('why' in reached) {
    return reached.why;
  }
  const others = reached.services.find(service => !isProven(service));
  if (others) {
    return wording('apply.others', {
      object: title,
      service: `${others.namespace}/${others.name}`,
      entity: entityRef,
    });
  }
  const kept = keptBy(object);
  if (kept) {
    return kept;
  }
  const canary = canaryOn(object);
  return canary === undefined
    ? undefined
    : wording('apply.canary', { canary, object: title });
}

/** What to know before: who applies the object by server-side apply would meet the change. */
export function appliersOf(object: ConfigObject): Words[] {
  const managers = fieldManagersOf(object)
    .filter(
      ({ manager, operation }) =>
        operation === 'Apply' && manager !== FIELD_MANAGER,
    )
    .map(({ manager }) => manager);
  return managers.length === 0
    ? []
    : [
        wording('apply.appliers', {
          managers: [...new Set(managers)].join(', '),
          object: titleOf(object),
        }),
      ];
}

/** The Services whose traffic a change of the object reaches, by its host names. */
export function servicesReached(
  object: ConfigObject,
  clusterDomain: string,
): { services: ServiceName[] } | { why: Words } {
  const { kind, metadata, spec = {} } = object;
  if (kind !== 'VirtualService' && kind !== 'DestinationRule') {
    return { why: wording('apply.kind', { kind }) };
  }
  const written = kind === 'DestinationRule' ? [spec.host] : spec.hosts;
  const hosts: unknown[] = Array.isArray(written) ? written : [];
  const services: ServiceName[] = [];
  for (const host of hosts.length > 0 ? hosts : ['']) {
    const service =
      typeof host === 'string'
        ? serviceOfHost(
            fullHost(host, metadata.namespace ?? '', clusterDomain),
            clusterDomain,
          )
        : undefined;
    if (!service) {
      return {
        why: wording('apply.unclearHost', {
          object: titleOf(object),
          host: typeof host === 'string' && host !== '' ? host : '–',
        }),
      };
    }
    services.push(service);
  }
  return { services };
}

/** What would take a change back. */
function keptBy(object: ConfigObject): Words | undefined {
  const title = titleOf(object);
  if (isArgoCds(object)) {
    return wording('apply.argo', { object: title });
  }
  if (isFluxs(object)) {
    return wording('apply.flux', { object: title });
  }
  if (trackerOf(object)?.tool === 'helm' || isManagedBy(object, /^helm$/)) {
    return wording('apply.helm', { object: title });
  }
  const owner = object.metadata.ownerReferences?.[0];
  return (
    owner &&
    wording('apply.operator', {
      object: title,
      owner: `${owner.kind} ${owner.name}`,
    })
  );
}

export function titleOf({ kind, metadata }: ConfigObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}
