import {
  poolOfHost,
  said,
  wording,
  wordsOf,
  type CanaryDrift,
  type CanaryWeights,
  type ObjectRef,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, MeshKind } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { EditError, type ObjectEditor } from '../../kubernetes/ObjectEditor';
import { subsetLabels } from '../evidence';
import type { CanaryRecord } from '../machine';
import {
  readSplit,
  sameWeights,
  SplitRefusal,
  versionText,
  type SplitReading,
  type SplitSelector,
} from '../split';

/** How the canary's route stands. */
export type RouteObservation =
  | { status: 'as-written' }
  | { status: 'drift'; drift: CanaryDrift }
  | { status: 'unreachable'; why: Sentences };

/** Where and as what to look for the canary's weights. */
export function selectorOf(
  { route, stable, canary }: CanaryRecord,
  snapshot: Pick<MeshSnapshot, 'clusterDomain'>,
): SplitSelector {
  const { clusterDomain } = snapshot;
  return { rule: route.rule, stable, canary, clusterDomain };
}

/** The route's object, in the version that the cluster serves now: it may have been upgraded since the start. */
export function routeRef(
  { route }: CanaryRecord,
  snapshot: MeshSnapshot,
): ObjectRef {
  const { object } = route;
  const served = snapshot.state(object.kind as MeshKind).apiVersion;
  return { ...object, apiVersion: served ?? object.apiVersion };
}

/**
 * Compares the route with what was written last. The watched snapshot is asked first, which costs nothing; as it may
 * lag behind our own write, the cluster itself has the last word where they differ.
 */
export async function observeRoute(
  record: CanaryRecord,
  snapshot: MeshSnapshot,
  editor: ObjectEditor,
  signal: AbortSignal,
): Promise<RouteObservation> {
  const missing = missingSubset(record, snapshot);
  if (missing) {
    return { status: 'drift', drift: missing };
  }
  if (isAsWritten(record, snapshot)) {
    return { status: 'as-written' };
  }
  try {
    const live = await editor.get(routeRef(record, snapshot), signal);
    const drift = driftOf(record, live, snapshot);
    return drift ? { status: 'drift', drift } : { status: 'as-written' };
  } catch (error) {
    if (!(error instanceof EditError)) {
      throw error;
    }
    return error.failure === 'not-found'
      ? { status: 'drift', drift: gone(record, error.sentences) }
      : { status: 'unreachable', why: error.sentences };
  }
}

/** By what is watched; what was seen a while ago no longer tells. */
function isAsWritten(record: CanaryRecord, snapshot: MeshSnapshot): boolean {
  const { kind, namespace = '', name } = record.route.object;
  const watched =
    snapshot.state(kind as MeshKind).status === 'synced' &&
    snapshot.get(kind as MeshKind, namespace, name);
  return Boolean(
    watched && !driftOf(record, watched as ConfigObject, snapshot),
  );
}

/** How the object differs from what was written last; undefined where it does not. */
export function driftOf(
  record: CanaryRecord,
  object: ConfigObject,
  snapshot: Pick<MeshSnapshot, 'clusterDomain'>,
): CanaryDrift | undefined {
  const { written, headerRule, affinity } = record.progress;
  if (!written) {
    return undefined;
  }
  let reading: SplitReading;
  try {
    reading = readSplit(
      object,
      selectorOf(record, snapshot),
      headerRule,
      affinity,
    );
  } catch (error) {
    if (error instanceof SplitRefusal) {
      return gone(record, said(error.words));
    }
    throw error;
  }
  const found = reading.weights;
  if (reading.headerRule === 'changed') {
    return {
      ...said(wording('drift.header')),
      expected: written,
      found,
      choices: ['restoreDrift', 'rollBack'],
    };
  }
  if (affinity && reading.affinity !== 'as-written') {
    return {
      ...said(wording('drift.affinity')),
      expected: written,
      found,
      choices: ['restoreDrift', 'rollBack'],
    };
  }
  return sameWeights(found, written)
    ? undefined
    : {
        ...said(
          wording(
            'drift.weights',
            {
              foundWeights: weightsText(found),
              writtenWeights: weightsText(written),
            },
            {
              found: found.headerRule ? 'drift.foundWithHeader' : 'drift.found',
              written: written.headerRule
                ? 'drift.writtenWithHeader'
                : 'drift.written',
            },
          ),
        ),
        expected: written,
        found,
        choices: ['adoptDrift', 'restoreDrift', 'rollBack'],
      };
}

function missingSubset(
  record: CanaryRecord,
  snapshot: MeshSnapshot,
): CanaryDrift | undefined {
  for (const version of [record.canary, record.stable]) {
    const labels = subsetLabels(snapshot, version);
    if (labels.status === 'unknown' && labels.reason === 'not-configured') {
      return gone(
        record,
        labels.message
          ? said(...wordsOf(labels))
          : said(wording('drift.undefined', { version: versionText(version) })),
      );
    }
  }
  return undefined;
}

/** There is nothing to adopt or to write to: a person mends it and resumes, or gives up. */
function gone(record: CanaryRecord, why: Sentences): CanaryDrift {
  return {
    ...why,
    expected: record.progress.written ?? {
      destinations: [],
      headerRule: false,
    },
    choices: ['resume', 'rollBack'],
  };
}

function weightsText({ destinations }: CanaryWeights): string {
  return destinations
    .map(
      ({ subset, host, weight }) =>
        `${subset ?? poolOfHost(host)?.name ?? host.split('.')[0]} ${weight}`,
    )
    .join(' / ');
}
