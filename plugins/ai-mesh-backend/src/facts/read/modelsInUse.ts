import {
  known,
  unknown,
  wording,
  type Cost,
  type Measured,
  type ModelInUse,
  type ModelsInUse,
  type ModelUse,
} from '@ai-mesh/plugin-ai-mesh-common';
import { addTo } from '../../kubernetes/addTo';
import { inTurns } from '../../target/inTurns';
import type { EntityModel } from '../core/entityModels';
import type { StoredModels } from '../store/StoredFacts';

/** As many entities as a reader goes through one by one. */
const MOST_NOT_KNOWN = 50;
/** Services that use one model, the busiest; the totals are of all. */
const MOST_USES = 50;
/** Of these there is nothing to be had, which is known. */
const HAVE_NONE = new Set(['not-exported', 'not-applicable']);

type Use = EntityModel & Pick<ModelUse, 'entityRefs' | 'observedAt'>;

/**
 * Each model across entities. Pure. Entities that own the same Services are one service: what they use is counted once, and
 * so is what one of them uses whose Services are all among another's. In turns with other work: there may be thousands.
 *
 * @param resources - references of the catalog's Resources, by model
 */
export async function modelsInUse(
  stored: readonly StoredModels[],
  resources: ReadonlyMap<string, string>,
): Promise<Omit<ModelsInUse, 'observedAt' | 'modelCount' | 'next'>> {
  const byModel = new Map<string, Map<string, Use>>();
  for (const { entityRef, observedAt, models } of stored) {
    await inTurns();
    for (const one of models.status === 'known' ? models.models : []) {
      const uses = byModel.get(one.model) ?? new Map<string, Use>();
      byModel.set(one.model, uses);
      const key = serviceKey(one);
      const present = uses.get(key);
      const entityRefs = [...(present?.entityRefs ?? []), entityRef].sort();
      // Of two looks at the same service the later one counts.
      uses.set(
        key,
        present && present.observedAt > observedAt
          ? { ...present, entityRefs }
          : { ...one, observedAt, entityRefs },
      );
    }
  }
  const notKnown = stored.flatMap(({ entityRef, models }) =>
    models.status === 'unknown' && !HAVE_NONE.has(models.reason)
      ? [
          {
            entityRef,
            reason: models.reason,
            ...(models.message !== undefined && { message: models.message }),
            ...(models.words && { words: models.words }),
          },
        ]
      : [],
  );
  const models: ModelInUse[] = [];
  for (const [model, uses] of byModel) {
    models.push(
      await modelInUse(model, [...uses.values()], resources.get(model)),
    );
  }
  return {
    models: models.sort(
      (a, b) => requestsOf(b) - requestsOf(a) || (a.model < b.model ? -1 : 1),
    ),
    notKnown: notKnown.slice(0, MOST_NOT_KNOWN),
    notKnownCount: notKnown.length,
  };
}

/** Without those whose Services are all among another's, which has what they use in its own figures. */
function outermost(uses: readonly Use[]): Use[] {
  const namesOf = new Map(uses.map(one => [one, new Set(namesIn(one))]));
  const byName = new Map<string, Use[]>();
  for (const [use, names] of namesOf) {
    for (const name of names) {
      addTo(byName, name, use);
    }
  }
  return uses.filter(use => {
    const [first, ...more] = namesOf.get(use)!;
    return !byName.get(first)?.some(other => {
      const names = namesOf.get(other)!;
      return (
        names.size > more.length + 1 && more.every(name => names.has(name))
      );
    });
  });
}

function namesIn({ cluster, services }: EntityModel): string[] {
  return services.map(
    ({ namespace, name }) => `${cluster}/${namespace}/${name}`,
  );
}

function serviceKey({ cluster, services }: EntityModel): string {
  return JSON.stringify([
    cluster,
    services.map(({ namespace, name }) => `${namespace}/${name}`).sort(),
  ]);
}

async function modelInUse(
  model: string,
  uses: readonly Use[],
  entityRef: string | undefined,
): Promise<ModelInUse> {
  const counted = outermost(uses);
  const total = whole(counted.map(one => one.requestsPerSecond));
  return {
    model,
    providers: [...new Set(uses.flatMap(one => one.provider ?? []))].sort(),
    ...(entityRef !== undefined && { entityRef }),
    requestsPerSecond: total,
    errorRatio: errorRatio(counted),
    p95: slowest(counted),
    tokensPerSecond: whole(counted.map(one => one.tokensPerSecond)),
    cost: totalCost(counted),
    uses: uses
      .map(({ model: _, provider, trend, ...one }) => ({
        ...one,
        share: share(one.requestsPerSecond, total),
      }))
      .sort((a, b) => requestsOf(b) - requestsOf(a))
      .slice(0, MOST_USES),
    ...(uses.length > MOST_USES && { moreUses: uses.length - MOST_USES }),
    trend: await totalTrend(counted),
  };
}

function requestsOf({
  requestsPerSecond: one,
}: Pick<ModelInUse, 'requestsPerSecond'>): number {
  return one.status === 'known' ? one.value : -1;
}

/** Services that nothing happened to add nothing; one whose figure is not known leaves the whole unknown. */
function unknownAmong<T>(
  all: readonly Measured<T>[],
): Measured<never> | undefined {
  const failed = all.find(
    one => one.status === 'unknown' && one.reason !== 'no-traffic',
  );
  const none = all.every(one => one.status === 'unknown') ? all[0] : undefined;
  const found = failed ?? none;
  return found?.status === 'unknown' ? found : undefined;
}

function valuesOf<T>(all: readonly Measured<T>[]): T[] {
  return all.flatMap(one => (one.status === 'known' ? [one.value] : []));
}

function whole(all: readonly Measured<number>[]): Measured<number> {
  return (
    unknownAmong(all) ??
    known(valuesOf(all).reduce((sum, value) => sum + value, 0))
  );
}

function errorRatio(uses: readonly Use[]): Measured<number> {
  const total = whole(uses.map(one => one.requestsPerSecond));
  if (total.status === 'unknown') {
    return total;
  }
  const errors = whole(
    uses.map(({ requestsPerSecond, errorRatio: ratio }) =>
      ratio.status === 'known' && requestsPerSecond.status === 'known'
        ? known(ratio.value * requestsPerSecond.value)
        : ratio,
    ),
  );
  if (errors.status === 'unknown') {
    return errors;
  }
  return total.value > 0
    ? known(Math.min(1, errors.value / total.value))
    : unknown('no-traffic');
}

function slowest(uses: readonly Use[]): ModelInUse['p95'] {
  const all = uses.map(one => one.p95);
  return (
    unknownAmong(all) ??
    known(
      valuesOf(all).reduce((slow, one) =>
        one.valueMs > slow.valueMs ? one : slow,
      ),
    )
  );
}

function totalCost(uses: readonly Use[]): Measured<Cost> {
  const all = uses.map(one => one.cost);
  const missing = unknownAmong(all);
  if (missing) {
    return missing;
  }
  const costs = valuesOf(all);
  const currencies = [...new Set(costs.map(({ currency }) => currency))];
  return currencies.length > 1
    ? unknown('not-configured', [
        wording('slo.currencies', { currencies: currencies.join(', ') }),
      ])
    : known({
        currency: currencies[0],
        perHour: costs.reduce((sum, { perHour }) => sum + perHour, 0),
        perDay: costs.reduce((sum, { perDay }) => sum + perDay, 0),
      });
}

function share(
  part: Measured<number>,
  total: Measured<number>,
): Measured<number> {
  if (part.status === 'unknown') {
    return part;
  }
  if (total.status === 'unknown') {
    return total;
  }
  return total.value > 0
    ? known(Math.min(1, part.value / total.value))
    : unknown('no-traffic');
}

/** Services are looked at one after another: what only some of them tell of is a gap, and not less. */
async function totalTrend(uses: readonly Use[]): Promise<ModelInUse['trend']> {
  const times = new Map<string, { sum: number; told: number }>();
  for (const { trend } of uses) {
    await inTurns();
    for (const { at, requestsPerSecond } of trend) {
      const { sum, told } = times.get(at) ?? { sum: 0, told: 0 };
      times.set(at, {
        sum: sum + (requestsPerSecond ?? 0),
        told: told + Number(requestsPerSecond !== null),
      });
    }
  }
  return [...times]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, { sum, told }]) => ({
      at,
      requestsPerSecond: told < uses.length ? null : sum,
    }));
}
