import type {
  Canary,
  CanaryDestinationWeight,
  JsonPatchOperation,
  RouteDestination,
  Routes,
  RouteRule,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError } from '@backstage/errors';
import { isDeepStrictEqual } from 'util';
import { stringify } from 'yaml';
import type { Change } from './Change';

type Entry = Record<string, unknown>;

/**
 * The weights that a canary was promoted to, for the route's file, which still has those of before.
 *
 * @param routes - of the canary's entity, as the cluster has them now
 * @throws ConflictError where it is not promoted, or the cluster is not as the canary left it
 */
export function weightChange(canary: Canary, routes: Routes): Change {
  const { state, route, weights, weightsBefore, service } = canary;
  if (state !== 'promoted' || !weights || !weightsBefore) {
    throw new ConflictError(
      `The canary is ${state}: its weights are written into Git once it is promoted.`,
    );
  }
  const { rule, entries, path, manifest } = ruleOf(canary, routes);
  const moved = rule.destinations.map((destination, index) => {
    const now = weights.destinations.find(sameAs(destination));
    if (!now || now.weight !== (destination.weight ?? now.weight)) {
      throw new ConflictError(
        `${route.object.kind} ${route.object.name} is not as the canary left it: look at it again.`,
      );
    }
    return {
      index,
      entry: entries[index],
      to: now.weight,
      from: weightsBefore.destinations.find(sameAs(destination))?.weight,
    };
  });
  const before = moved
    .filter(({ from }) => from !== undefined)
    .map(({ entry, from }) => ({ ...entry, weight: from }));
  const pointer = `/${path.replaceAll('[', '.').replaceAll(']', '').replaceAll('.', '/')}`;
  const jsonPatch = moved.flatMap(
    ({ index, entry, from, to }): JsonPatchOperation[] => {
      const at = `${pointer}/${index}`;
      if (from === undefined) {
        return [{ op: 'add', path: at, value: { ...entry, weight: to } }];
      }
      return from === to
        ? []
        : [{ op: 'replace', path: `${at}/weight`, value: to }];
    },
  );
  if (jsonPatch.length === 0) {
    throw new ConflictError('Its weights are those of before.');
  }
  return {
    message: `The canary of ${service.namespace}/${service.name} was promoted: ${moved
      .map(({ to }, index) => `${nameOf(rule.destinations[index])} ${to}`)
      .join(', ')}.`,
    fix: {
      object: route.object,
      yaml: stringify(manifest),
      before: stringify(withEntries(manifest, path, before)),
      jsonPatch,
    },
  };
}

/** The rule that the canary moved, and where the object has its destinations. */
function ruleOf(canary: Canary, routes: Routes) {
  const { route, service } = canary;
  const found = routes.services.find(one =>
    isDeepStrictEqual(one.service, service),
  );
  const object = found?.objects.find(({ ref }) =>
    isDeepStrictEqual(ref, route.object),
  );
  const rules = (found?.rules ?? []).filter(
    rule =>
      isDeepStrictEqual(rule.object, route.object) && isMoved(rule, canary),
  );
  if (!object || rules.length !== 1) {
    throw new ConflictError(
      `The rule of ${route.object.kind} ${route.object.name} that the canary moved is not there any more.`,
    );
  }
  const [rule] = rules;
  const { manifest } = object;
  const list = ['route', 'backendRefs'].find(
    key => valueAt(manifest, `${rule.path}.${key}`) !== undefined,
  );
  const path = `${rule.path}.${list}`;
  return {
    rule,
    manifest,
    path,
    entries: valueAt(manifest, path) as Entry[],
  };
}

function isMoved(rule: RouteRule, { route, stable }: Canary): boolean {
  return route.rule === undefined
    ? rule.matches.length === 0 &&
        rule.destinations.some(
          ({ host, subset }) =>
            host === stable.host && subset === stable.subset,
        )
    : rule.name === route.rule;
}

function sameAs({ host, subset, port }: RouteDestination) {
  return (one: CanaryDestinationWeight) =>
    one.host === host && one.subset === subset && one.port === port;
}

function nameOf({ host, subset }: RouteDestination): string {
  return subset ?? host;
}

function stepsOf(path: string): string[] {
  return path.split(/[.[\]]/).filter(Boolean);
}

function valueAt(object: unknown, path: string): unknown {
  return stepsOf(path).reduce<any>((here, step) => here?.[step], object);
}

function withEntries(object: unknown, path: string, entries: Entry[]): unknown {
  const copy = structuredClone(object);
  const steps = stepsOf(path);
  const last = steps.pop()!;
  steps.reduce<any>((here, step) => here[step], copy)[last] = entries;
  return copy;
}
