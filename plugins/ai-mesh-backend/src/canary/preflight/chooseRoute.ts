import { wording, type CanaryRoute } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, MeshKind } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { resolveRoutes } from '../../routes/resolveRoutes';
import { findRule, SplitRefusal, type FoundRule } from '../split';
import type { PreflightSubject } from './PreflightSubject';

/** A route of a service whose weights can be moved. */
export interface RouteCandidate {
  route: CanaryRoute;
  object: ConfigObject;
  found: FoundRule;
}

/**
 * The route that a canary runs on: of the objects that route the service at present, delegates included, the one that is
 * named, else the only one that qualifies. An object that does not route the service is never taken, whoever names it.
 *
 * @throws SplitRefusal that names the candidates
 */
export function chooseRoute(
  snapshot: MeshSnapshot,
  subject: Pick<PreflightSubject, 'service' | 'route' | 'stable' | 'canary'>,
): RouteCandidate {
  const { service, route: wanted } = subject;
  const rules = resolveRoutes(snapshot, service).rules;
  const places = new Map<string, Set<string>>();
  for (const { object, path, protocol } of rules) {
    if (protocol === 'http' || protocol === 'grpc') {
      const key = keyOf(object);
      places.set(key, (places.get(key) ?? new Set()).add(path));
    }
  }
  const objects = [...new Set(rules.map(({ object }) => keyOf(object)))]
    .map(key => rules.find(({ object }) => keyOf(object) === key)!.object)
    .filter(
      object => wanted === undefined || keyOf(object) === keyOf(wanted.object),
    );
  if (objects.length === 0) {
    throw new SplitRefusal(
      'rule-missing',
      wanted
        ? wording('route.notOf', {
            object: `${wanted.object.kind} ${wanted.object.namespace}/${wanted.object.name}`,
            service: `${service.namespace}/${service.name}`,
          })
        : wording('route.none', {
            service: `${service.namespace}/${service.name}`,
          }),
    );
  }
  const refusals: SplitRefusal[] = [];
  const candidates = objects.flatMap(ref => {
    const object = snapshot.get(
      ref.kind as MeshKind,
      ref.namespace ?? '',
      ref.name,
    ) as ConfigObject | undefined;
    try {
      return object ? [candidate(snapshot, subject, object)] : [];
    } catch (error) {
      if (error instanceof SplitRefusal) {
        refusals.push(error);
        return [];
      }
      throw error;
    }
  });
  const routing = candidates.filter(({ object, found }) =>
    places.get(keyOf(refOf(object)))?.has(pathOf(found)),
  );
  if (routing.length === 1) {
    return routing[0];
  }
  if (routing.length > 1) {
    throw new SplitRefusal(
      'rule-ambiguous',
      wording('route.several', {
        service: `${service.namespace}/${service.name}`,
        objects: routing.map(({ object }) => nameOf(object)).join(', '),
      }),
    );
  }
  throw (
    refusals[0] ??
    new SplitRefusal(
      'rule-missing',
      wording('route.noRule', {
        objects: objects
          .map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)
          .join(', '),
        service: `${service.namespace}/${service.name}`,
      }),
    )
  );
}

function candidate(
  snapshot: MeshSnapshot,
  { route, stable, canary, service }: Parameters<typeof chooseRoute>[1],
  object: ConfigObject,
): RouteCandidate {
  const found = findRule(object, {
    rule: route?.rule,
    stable,
    canary,
    clusterDomain: snapshot.clusterDomain,
  });
  return {
    object,
    found,
    route: {
      object: { cluster: service.cluster, ...refOf(object) },
      // A name outlives rules that are added above it.
      ...(found.rule.name !== undefined && { rule: found.rule.name }),
    },
  };
}

function refOf({ apiVersion, kind, metadata }: ConfigObject) {
  const { namespace, name } = metadata;
  return { apiVersion, kind, ...(namespace && { namespace }), name };
}

/** `spec.http[2]`, as routes name it. */
function pathOf({ rule }: FoundRule): string {
  return `spec.${rule.label}`;
}

function keyOf(ref: { kind: string; namespace?: string; name: string }) {
  return `${ref.kind} ${ref.namespace ?? ''}/${ref.name}`;
}

function nameOf(object: ConfigObject): string {
  return keyOf(refOf(object));
}
