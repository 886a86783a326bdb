import {
  poolHost,
  poolOfHost,
  wording,
  type CanaryPreviewRequest,
  type CanaryVersion,
} from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import { fullHost, serviceOfHost } from '../../routes/hosts';
import type { ClusterTarget, Target } from '../../target/Target';
import type { PreflightSubject } from '../preflight';
import { worded, wordingWith } from '../../worded';
import { versionText, type FullVersion } from '../split';

/**
 * What a request is about, in full names. Whoever may ask for an entity's canaries may move the traffic of that
 * entity's services, and send it to versions of them: to nothing else.
 *
 * @throws InputError that says what the entity does not own
 */
export function subjectOf(
  request: CanaryPreviewRequest,
  target: Target,
): PreflightSubject & Pick<CanaryPreviewRequest, 'service'> {
  const { service, plan, across } = request;
  const owned = target.clusters.find(
    ({ cluster, services }) =>
      cluster.name === service.cluster &&
      services.some(
        ({ namespace, name }) =>
          namespace === service.namespace && name === service.name,
      ),
  );
  if (!owned) {
    throw worded(
      InputError,
      wordingWith('ask.noService', {
        entity: target.entityRef,
        service: `${service.namespace}/${service.name}`,
        cluster: service.cluster,
        services: servicesOf(target) || wording('ask.noServices'),
      }),
    );
  }
  const { clusterDomain } = owned.snapshot;
  const full = ({ host, pool, subset, port }: CanaryVersion): FullVersion => ({
    host:
      pool === undefined
        ? fullHost(host ?? service.name, service.namespace, clusterDomain)
        : poolHost({ namespace: service.namespace, name: pool }),
    ...(subset !== undefined && { subset }),
    ...(port !== undefined && { port }),
  });
  const [stable, canary] = [full(request.stable), full(request.canary)];
  if (sameVersion(stable, canary)) {
    throw worded(InputError, wording('ask.sameVersion'));
  }
  for (const [role, version] of Object.entries({ stable, canary })) {
    if (!isOwn(version, owned, service)) {
      throw worded(
        InputError,
        wording('ask.notOwn', {
          role,
          version: versionText(version),
          namespace: service.namespace,
          entity: target.entityRef,
        }),
      );
    }
  }
  return {
    service,
    stable,
    canary,
    plan,
    ...(across && { group: across }),
    ...(request.route && {
      route: {
        object: {
          kind: request.route.kind,
          namespace: request.route.namespace,
          name: request.route.name,
        },
        rule: request.route.rule,
      },
    }),
  };
}

function sameVersion(a: FullVersion, b: FullVersion): boolean {
  return (
    a.host === b.host &&
    a.subset === b.subset &&
    (a.port === undefined || b.port === undefined || a.port === b.port)
  );
}

function isOwn(
  { host }: FullVersion,
  { services, snapshot }: ClusterTarget,
  service: { namespace: string },
): boolean {
  const pool = poolOfHost(host);
  if (pool) {
    return pool.namespace === service.namespace;
  }
  const named = serviceOfHost(host, snapshot.clusterDomain);
  return (
    named !== undefined &&
    (named.namespace === service.namespace ||
      services.some(
        ({ namespace, name }) =>
          namespace === named.namespace && name === named.name,
      ))
  );
}

function servicesOf({ clusters }: Target): string {
  const names = clusters.flatMap(({ cluster, services }) =>
    services.map(
      ({ namespace, name }) => `${namespace}/${name} on '${cluster.name}'`,
    ),
  );
  return names.join(', ');
}
