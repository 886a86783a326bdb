import type { ConfigObject } from '../../kubernetes/kinds';
import { unknownKind } from '../../kubernetes/unknownKind';
import { stepsOf, valueAt } from '../../manifest';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type {
  EffectiveDestination,
  EffectiveRule,
} from '../../routes/EffectiveRoutes';
import { Field } from '../../routes/Field';
import { fullHost } from '../../routes/hosts';
import { routeCallers } from '../../routes/routeCallers';
import {
  resolveDestination,
  subsetGaps,
} from '../../routes/resolveDestination';
import { trafficPoliciesFor } from '../../routes/trafficPolicies';
import {
  ROUTE_KINDS,
  type Analyzer,
  type Draft,
  type Param,
} from '../Analyzer';
import { portsOfHost } from '../portsOfHost';
import type { ReviewSubject } from '../ReviewSubject';
import { objectOf, placeOf } from '../subjectRules';

/** AIM301, of copies: a mirror whose host, subset or port does not exist. Nothing fails, and nothing is mirrored. */
export const missingMirror: Analyzer = {
  codes: ['AIM301'],
  needs: [...ROUTE_KINDS, 'Service', 'ServiceEntry'],
  *analyze(subject) {
    for (const rule of subject.routes.rules) {
      const object = objectOf(subject.routes.objects, rule.object);
      if (!object || !rule.reachable) {
        continue;
      }
      if (object.kind === 'VirtualService') {
        for (const target of mirrorsIn(object, rule.path)) {
          yield* judge(subject, object, target);
        }
      } else {
        yield* judgeFilters(subject, object, rule);
      }
    }
  },
};

/** The Gateway API mirrors to Services and pools as a whole. */
function* judgeFilters(
  { snapshot }: ReviewSubject,
  object: ConfigObject,
  { path, name, mirrors }: EffectiveRule,
): Iterable<Draft> {
  const place = placeOf(object, path, name);
  for (const { host, kind, port } of mirrors) {
    const found = resolveDestination(snapshot, { host, kind }, 100, each =>
      trafficPoliciesFor(snapshot, each),
    );
    const common = { object, path: `${path}.filters` };
    if (found.kind === 'unknown' || lacksPool(found)) {
      yield {
        ...common,
        key: 'AIM301.mirrorHost',
        about: host,
        params: { place, host },
      };
    } else if (kind === undefined) {
      yield* judgePort(snapshot, { ...common, place, host, port });
    }
  }
}

/** A pool that is there has countable endpoints; where pools cannot be read there is no problem with it. */
function lacksPool({ kind, endpoints, problem }: EffectiveDestination) {
  return (
    kind === 'InferencePool' &&
    endpoints.status === 'unknown' &&
    problem !== undefined
  );
}

/** A port that the host does not have. */
function* judgePort(
  snapshot: MeshSnapshot,
  {
    object,
    path,
    place,
    host,
    port,
  }: Pick<Draft, 'object' | 'path'> & {
    place: Param;
    host: string;
    port: number | undefined;
  },
): Iterable<Draft> {
  const ports = portsOfHost(snapshot, host);
  if (port !== undefined && ports && !ports.includes(port)) {
    yield {
      key: 'AIM301.mirrorPort',
      object,
      path,
      about: `${host}:${port}`,
      params: { place, host, port, ports: ports.join(', ') },
    };
  }
}

function mirrorsIn(object: ConfigObject, path: string): Field[] {
  const rule = new Field(valueAt(object, stepsOf(path)), path, () => undefined);
  const single = rule.at('mirror');
  return [
    ...(single.present ? [single] : []),
    ...rule
      .at('mirrors')
      .list()
      .map(item => item.at('destination')),
  ];
}

function* judge(
  { snapshot }: ReviewSubject,
  object: ConfigObject,
  target: Field,
): Iterable<Draft> {
  const written = target.at('host').text();
  if (written === undefined) {
    return;
  }
  const host = fullHost(
    written,
    object.metadata.namespace ?? '',
    snapshot.clusterDomain,
  );
  const subset = target.at('subset').text();
  const port = target.at('port').at('number').integer();
  const place = placeOf(object, target.path);
  const found = resolveDestination(
    snapshot,
    { host, ...(subset && { subset }) },
    100,
    name => trafficPoliciesFor(snapshot, name),
    routeCallers(snapshot, object),
  );
  if (found.kind === 'unknown') {
    yield {
      key: 'AIM301.mirrorHost',
      object,
      path: `${target.path}.host`,
      params: { place, host },
    };
    return;
  }
  const gaps =
    subset === undefined
      ? undefined
      : subsetGaps(snapshot, { host, subset }, routeCallers(snapshot, object));
  if (
    subset &&
    (!found.subsetLabels || gaps?.missing.includes('others')) &&
    !unknownKind(snapshot, 'DestinationRule')
  ) {
    yield {
      key: 'AIM301.mirrorSubset',
      object,
      path: `${target.path}.subset`,
      params: { place, host, subset },
    };
  }
  yield* judgePort(snapshot, {
    object,
    path: `${target.path}.port.number`,
    place,
    host,
    port,
  });
}
