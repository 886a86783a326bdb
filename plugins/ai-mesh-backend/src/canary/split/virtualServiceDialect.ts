import type { ConfigObject } from '../../kubernetes/kinds';
import { fullHost } from '../../routes/hosts';
import { headerConditions } from './headerConditions';
import {
  asInteger,
  asList,
  asRecord,
  asText,
  sameJson,
  without,
  type JsonRecord,
} from './json';
import type { RouteDialect, SplitDestination, SplitRule } from './RouteDialect';
import { readWeight } from './readWeight';
import { virtualServiceCookie } from './virtualServiceCookie';

/** Istio's VirtualService: `spec.http[].route[]`. */
export const virtualServiceDialect: RouteDialect = {
  rulesPointer: '/spec/http',
  answerCookie: virtualServiceCookie,

  rules: (object, clusterDomain) =>
    asList(object.spec?.http).map((rule, index) =>
      readRule(asRecord(rule) ?? {}, index, object, clusterDomain),
    ),

  otherProtocols: (object, host, clusterDomain) =>
    ['tls', 'tcp'].flatMap(protocol =>
      asList(object.spec?.[protocol]).flatMap((rule, index) =>
        asList(asRecord(rule)?.route).some(
          route => hostOf(asRecord(route), object, clusterDomain) === host,
        )
          ? [`${protocol}[${index}]`]
          : [],
      ),
    ),

  destination: (stable, version, weight) => {
    const like = asRecord(stable.raw.destination) ?? {};
    const port = version.port ?? stable.port;
    return {
      destination: {
        // The same Service is written as the stable destination writes it.
        host: stable.host === version.host ? like.host : version.host,
        ...(version.subset && { subset: version.subset }),
        ...(port !== undefined && { port: { number: port } }),
      },
      weight,
    };
  },

  headerRule: (rule, destination, phase, id) => {
    const matches = asList(rule.raw.match).map(match => asRecord(match) ?? {});
    return {
      name: `ai-mesh-canary-${id}`,
      match: headerConditions(phase).flatMap(({ name, ...condition }) =>
        (matches.length > 0 ? matches : [{}]).map((match: JsonRecord) => ({
          ...match,
          headers: {
            ...asRecord(match.headers),
            // Istio wants the names of headers in lower case.
            [name.toLowerCase()]: condition,
          },
        })),
      ),
      route: [without(destination, 'weight')],
      ...without(rule.raw, 'name', 'match', 'route'),
    };
  },

  findHeaderRule: (rules, written) => {
    const index = rules.findIndex(
      rule => asRecord(rule)?.name === written.name,
    );
    return {
      index,
      changed: index >= 0 && !sameJson(rules[index], written),
    };
  },
};

function readRule(
  raw: JsonRecord,
  index: number,
  object: ConfigObject,
  clusterDomain: string,
): SplitRule {
  const pointer = `/spec/http/${index}`;
  const routes = asList(raw.route).map(route => asRecord(route) ?? {});
  return {
    name: asText(raw.name),
    label: `http[${index}]`,
    pointer,
    listPointer: `${pointer}/route`,
    index,
    catchAll: asList(raw.match).every(
      // An empty list matches everything, and so does this one condition.
      match => sameJson(match, { uri: { prefix: '/' } }),
    ),
    destinations: routes.map((route, i) => {
      const destination = asRecord(route.destination);
      const written = readWeight(route, `${pointer}/route/${i}`);
      return {
        pointer: `${pointer}/route/${i}`,
        host: hostOf(route, object, clusterDomain) ?? '',
        subset: asText(destination?.subset),
        port: asInteger(asRecord(destination?.port)?.number),
        written,
        // The only destination gets everything, whatever it says.
        weight: routes.length === 1 ? written || 100 : (written ?? 0),
        raw: route,
      } satisfies SplitDestination;
    }),
    raw,
  };
}

function hostOf(
  route: JsonRecord | undefined,
  object: ConfigObject,
  clusterDomain: string,
): string | undefined {
  const host = asText(asRecord(route?.destination)?.host);
  return (
    host &&
    fullHost(host, object.metadata.namespace ?? 'default', clusterDomain)
  );
}
