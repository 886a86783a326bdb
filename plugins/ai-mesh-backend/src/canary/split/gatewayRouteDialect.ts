import { poolHost, poolOfHost, wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { INFERENCE_GROUPS } from '../../routes/gatewayApiBackends';
import type { AnswerCookie } from './AnswerCookie';
import { versionText, type FullVersion } from './FullVersion';
import {
  headerConditions,
  regexOfPrefix,
  type HeaderCondition,
} from './headerConditions';
import { httpRouteCookie } from './httpRouteCookie';
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
import { SplitRefusal } from './SplitRefusal';

const ANY_PATH = { type: 'PathPrefix', value: '/' };

/** The Gateway API's HTTPRoute: `spec.rules[].backendRefs[]`. */
export const httpRouteDialect = gatewayRouteDialect(
  { path: ANY_PATH },
  httpRouteCookie,
);

/** The Gateway API's GRPCRoute, whose matches have no path. */
export const grpcRouteDialect = gatewayRouteDialect({});

/** @param anyMatch - what the API server makes of a match without conditions */
function gatewayRouteDialect(
  anyMatch: JsonRecord,
  answerCookie?: AnswerCookie,
): RouteDialect {
  return {
    rulesPointer: '/spec/rules',
    ...(answerCookie && { answerCookie }),

    rules: (object, clusterDomain) =>
      asList(object.spec?.rules).map((rule, index) =>
        readRule(asRecord(rule) ?? {}, index, object, clusterDomain),
      ),

    // TCPRoute and TLSRoute are kinds of their own.
    otherProtocols: () => [],

    destination: (stable, version, weight) => {
      const { name, namespace } = backendOf(version);
      const pool = poolOfHost(version.host);
      if ((pool === undefined) !== (poolOfHost(stable.host) === undefined)) {
        throw new SplitRefusal(
          'unsupported',
          wording('split.cannotAdd', {
            version: versionText(version),
            stable: versionText(stable),
          }),
        );
      }
      const like = without(stable.raw, 'filters', 'weight');
      const sameNamespace = backendOf(stable).namespace === namespace;
      return {
        ...like,
        name,
        ...(!sameNamespace && { namespace }),
        ...(!pool && { port: version.port ?? stable.port }),
        weight,
      };
    },

    headerRule: (rule, destination, phase) => {
      const matches = asList(rule.raw.matches).map(
        match => asRecord(match) ?? {},
      );
      return withDefaults(anyMatch, {
        matches: headerConditions(phase).flatMap(condition =>
          (matches.length > 0 ? matches : [{}]).map((match: JsonRecord) => ({
            ...match,
            headers: [...asList(match.headers), headerMatch(condition)],
          })),
        ),
        backendRefs: [{ ...destination, weight: 1 }],
        ...without(rule.raw, 'name', 'matches', 'backendRefs'),
      });
    },

    // Its rules may have no name, so it is known by what it says: all of it, or as much as tells it from others.
    findHeaderRule: (rules, written) => {
      const read = rules.map(rule =>
        withDefaults(anyMatch, asRecord(rule) ?? {}),
      );
      const same = read.findIndex(rule => sameJson(rule, written));
      const index =
        same >= 0 ? same : read.findIndex(rule => isLike(rule, written));
      return { index, changed: index !== same };
    },
  };
}

function headerMatch(condition: HeaderCondition): JsonRecord {
  const { name } = condition;
  if ('exact' in condition) {
    return { type: 'Exact', name, value: condition.exact };
  }
  const value =
    'regex' in condition ? condition.regex : regexOfPrefix(condition.prefix);
  return { type: 'RegularExpression', name, value };
}

function readRule(
  raw: JsonRecord,
  index: number,
  object: ConfigObject,
  clusterDomain: string,
): SplitRule {
  const pointer = `/spec/rules/${index}`;
  return {
    name: asText(raw.name),
    label: `rules[${index}]`,
    pointer,
    listPointer: `${pointer}/backendRefs`,
    index,
    catchAll: asList(raw.matches).every(matchesEverything),
    destinations: asList(raw.backendRefs).map((value, i) => {
      const backend = asRecord(value) ?? {};
      const written = readWeight(backend, `${pointer}/backendRefs/${i}`);
      return {
        pointer: `${pointer}/backendRefs/${i}`,
        host: hostOf(backend, object, clusterDomain),
        port: asInteger(backend.port),
        written,
        weight: written ?? 1,
        raw: backend,
      } satisfies SplitDestination;
    }),
    raw,
  };
}

/** Backends other than Services are told apart by a name that no Service can have. */
function hostOf(
  backend: JsonRecord,
  object: ConfigObject,
  clusterDomain: string,
): string {
  const namespace =
    asText(backend.namespace) ?? object.metadata.namespace ?? 'default';
  const name = asText(backend.name) ?? '';
  const kind = asText(backend.kind) ?? 'Service';
  const group = asText(backend.group) ?? '';
  if (kind === 'InferencePool') {
    return INFERENCE_GROUPS.includes(group)
      ? poolHost({ namespace, name })
      : `${group}/${kind}:${name}.${namespace}`;
  }
  return kind === 'Service'
    ? `${name}.${namespace}.svc.${clusterDomain}`
    : `${kind}:${name}.${namespace}`;
}

function backendOf({ host }: Pick<FullVersion, 'host'>) {
  const pool = poolOfHost(host);
  if (pool) {
    return pool;
  }
  const [name, namespace, ...rest] = host.split('.');
  if (!namespace || (!host.includes(':') && rest[0] !== 'svc')) {
    throw new SplitRefusal(
      'unsupported',
      wording('split.notService', { host }),
    );
  }
  return { name: name.slice(name.indexOf(':') + 1), namespace };
}

function matchesEverything(match: unknown): boolean {
  const conditions = asRecord(match) ?? {};
  return (
    Object.keys(conditions).every(key => key === 'path') &&
    (conditions.path === undefined ||
      sameJson({ ...ANY_PATH, ...asRecord(conditions.path) }, ANY_PATH))
  );
}

/** Whether a rule is the one that was written, edited since: it matches the same, or sends what our headers match to the same. */
function isLike(rule: JsonRecord, written: JsonRecord): boolean {
  const namesOf = ({ matches }: JsonRecord) =>
    asList(matches).map(match =>
      asList(asRecord(match)?.headers).map(header => asRecord(header)?.name),
    );
  const ours = new Set(namesOf(written).flat());
  return (
    sameJson(rule.matches, written.matches) ||
    (sameJson(rule.backendRefs, written.backendRefs) &&
      asList(rule.matches).length > 0 &&
      namesOf(rule).every(names => names.some(name => ours.has(name))))
  );
}

/** A rule as the API server stores it, with the defaults of the kind's schema. */
function withDefaults(anyMatch: JsonRecord, rule: JsonRecord): JsonRecord {
  return {
    ...rule,
    matches: asList(rule.matches).map(value => {
      const match = asRecord(value) ?? {};
      return {
        ...anyMatch,
        ...match,
        headers: asList(match.headers).map(header => ({
          type: 'Exact',
          ...asRecord(header),
        })),
      };
    }),
    backendRefs: asList(rule.backendRefs).map(backend => ({
      group: '',
      kind: 'Service',
      weight: 1,
      ...asRecord(backend),
    })),
  };
}
