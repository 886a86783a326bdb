import {
  said,
  wording,
  type Sentences,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { EditError, type ObjectEditor } from '../../kubernetes/ObjectEditor';
import { resolveRoutes } from '../../routes/resolveRoutes';
import { versionSeries } from '../evidence';
import {
  because,
  ENGINE,
  isActive,
  transition,
  unrecorded,
  type CanaryProgress,
  type CanaryRecord,
  type Outcome,
} from '../machine';
import { versionHost, versionText } from '../split';
import type { StoredCanary } from '../store';
import { save, type EngineTools } from './EngineTools';
import { othersOf } from './followGroup';

type CleanUp = NonNullable<CanaryProgress['cleanUp']>;

/** One visit to a promoted canary whose old version may be scaled down, or up again. */
export async function attendCleanUp(
  tools: EngineTools,
  stored: StoredCanary,
): Promise<StoredCanary> {
  const { record } = stored;
  const { cleanUp } = record.progress;
  const now = tools.now();
  if (!cleanUp) {
    return stored;
  }
  switch (cleanUp.status) {
    case 'soaking':
      return (cleanUp.offeredAt && now < new Date(cleanUp.offeredAt)) ||
        // Until all of its request have ended, the old version may be needed again.
        (await othersOf(tools, record)).some(isActive)
        ? stored
        : offer(tools, stored, cleanUp);
    case 'asked':
      return scaleDown(tools, stored, cleanUp);
    case 'undoing':
      return scale(tools, stored, cleanUp, 'up');
    default:
      return stored;
  }
}

/** With what it would scale down, so that whoever decides on it knows. */
async function offer(
  tools: EngineTools,
  stored: StoredCanary,
  cleanUp: CleanUp,
): Promise<StoredCanary> {
  const { record } = stored;
  const cluster = tools.clusters.get(record.service.cluster);
  const snapshot = await cluster?.snapshots.snapshot();
  return save(
    tools,
    stored,
    row(
      record,
      tools.now(),
      'cleanUpOffered',
      said(wording('cleanUp.offered')),
      {
        ...cleanUp,
        status: 'offered',
        workloads: snapshot ? workloadsOf(record, snapshot) : [],
      },
    ),
  );
}

async function scaleDown(
  tools: EngineTools,
  stored: StoredCanary,
  cleanUp: CleanUp,
): Promise<StoredCanary> {
  const { record } = stored;
  const cluster = tools.clusters.get(record.service.cluster);
  const snapshot = await cluster?.snapshots.snapshot();
  const refused = snapshot
    ? whyNot(record, snapshot)
    : wording('run.clusterGone', { cluster: record.service.cluster });
  if (refused || !snapshot) {
    return save(
      tools,
      stored,
      row(
        record,
        tools.now(),
        'cleanUpRefused',
        said(...[refused ?? []].flat()),
        {
          ...cleanUp,
          status: 'offered',
          ...said(...[refused ?? []].flat()),
        },
      ),
    );
  }
  // The replicas are kept before they are changed: an undo after a crash needs them.
  const known = await save(
    tools,
    stored,
    unrecorded(record, {
      cleanUp: {
        ...cleanUp,
        workloads: workloadsOf(record, snapshot).map(workload =>
          workload.replicas > 0
            ? workload
            : (keptOf(cleanUp, workload) ?? workload),
        ),
      },
    }),
  );
  return scale(tools, known, known.record.progress.cleanUp ?? cleanUp, 'down');
}

/** The preflight of a clean-up: what speaks against it, or undefined. */
function whyNot(
  record: CanaryRecord,
  snapshot: MeshSnapshot,
): Words | undefined {
  const { endpoints } = versionSeries(snapshot, record.canary);
  if (endpoints.status === 'unknown' || endpoints.value.ready === 0) {
    return wording(
      endpoints.status === 'unknown'
        ? 'cleanUp.endpointUnknown'
        : 'cleanUp.noEndpoint',
    );
  }
  const user = resolveRoutes(snapshot, record.service).rules.find(rule =>
    rule.destinations.some(
      destination =>
        versionHost(destination) === record.stable.host &&
        destination.subset === record.stable.subset &&
        destination.weightPercent > 0,
    ),
  );
  if (user) {
    return wording('cleanUp.stillSends', {
      path: user.path,
      object: `${user.object.kind} ${user.object.namespace}/${user.object.name}`,
      version: versionText(record.stable),
    });
  }
  const old = workloadsOf(record, snapshot);
  if (old.length === 0) {
    return wording('cleanUp.noDeployment', {
      version: versionText(record.stable),
    });
  }
  const scaler = snapshot
    .inNamespace('HorizontalPodAutoscaler', record.service.namespace)
    .find(({ spec }) => {
      const target = spec?.scaleTargetRef as { name?: string } | undefined;
      return (
        spec?.minReplicas === 0 &&
        old.some(({ object }) => object.name === target?.name)
      );
    });
  // With any other minimum an autoscaler rests while there are no replicas, and wakes with an undo.
  return scaler
    ? wording('cleanUp.scaler', {
        object: `HorizontalPodAutoscaler ${scaler.metadata.namespace}/${scaler.metadata.name}`,
      })
    : undefined;
}

/** What was kept of a workload that is scaled down already, as before a crash. */
function keptOf(
  { workloads }: CleanUp,
  { object }: CleanUp['workloads'][number],
): CleanUp['workloads'][number] | undefined {
  return workloads.find(
    kept =>
      kept.object.name === object.name &&
      kept.object.namespace === object.namespace,
  );
}

function workloadsOf(
  { stable, canary, service }: CanaryRecord,
  snapshot: MeshSnapshot,
): CleanUp['workloads'] {
  const kept = new Set(
    versionSeries(snapshot, canary).workloads.map(({ object }) => object),
  );
  return versionSeries(snapshot, stable)
    .workloads.filter(
      ({ kind, object }) => kind === 'Deployment' && !kept.has(object),
    )
    .map(({ object }) => ({
      object: {
        cluster: service.cluster,
        apiVersion: object.apiVersion,
        kind: object.kind,
        namespace: object.metadata.namespace,
        name: object.metadata.name,
      },
      replicas: object.spec?.replicas ?? 1,
    }));
}

async function scale(
  tools: EngineTools,
  stored: StoredCanary,
  cleanUp: CleanUp,
  way: 'down' | 'up',
): Promise<StoredCanary> {
  const { record } = stored;
  const editor = tools.clusters.get(record.service.cluster)?.editor;
  const now = tools.now();
  const { reversibleSeconds = 0 } = record.plan.cleanUp ?? {};
  try {
    for (const workload of cleanUp.workloads) {
      await setReplicas(editor, workload, way);
    }
  } catch (error) {
    if (!(error instanceof EditError)) {
      throw error;
    }
    // What has no answer is tried again; what was refused waits for a person.
    const waits =
      error.failure === 'unreachable' || error.failure === 'conflict';
    const back = way === 'down' ? 'offered' : 'done';
    const next = { ...cleanUp, ...error.sentences };
    return save(
      tools,
      stored,
      waits
        ? unrecorded(record, { cleanUp: next })
        : row(record, now, 'cleanUpRefused', error.sentences, {
            ...next,
            status: back,
          }),
    );
  }
  const names = cleanUp.workloads.map(({ object }) => object.name).join(', ');
  return save(
    tools,
    stored,
    way === 'down'
      ? row(
          record,
          now,
          'cleanedUp',
          said(wording('cleanUp.done', { names })),
          {
            ...cleanUp,
            status: 'done',
            message: undefined,
            words: undefined,
            doneAt: now.toISOString(),
            reversibleUntil: new Date(
              now.getTime() + reversibleSeconds * 1000,
            ).toISOString(),
          },
        )
      : row(
          record,
          now,
          'cleanUpUndone',
          said(wording('cleanUp.undone', { names })),
          {
            ...cleanUp,
            status: 'undone',
            message: undefined,
            words: undefined,
            workloads: [],
            reversibleUntil: undefined,
          },
        ),
  );
}

async function setReplicas(
  editor: ObjectEditor | undefined,
  { object, replicas }: CleanUp['workloads'][number],
  way: 'down' | 'up',
): Promise<void> {
  if (!editor) {
    throw new EditError(
      'refused',
      wording('run.clusterGone', { cluster: object.cluster }),
    );
  }
  const wanted = way === 'down' ? 0 : replicas;
  const live = await editor.get(object);
  const present = live.spec?.replicas ?? 1;
  // An undo brings back what was taken, and leaves alone what somebody has scaled since.
  if (present === wanted || (way === 'up' && present !== 0)) {
    return;
  }
  await editor.patch(
    object,
    [
      {
        op: 'test',
        path: '/metadata/resourceVersion',
        value: live.metadata.resourceVersion,
      },
      { op: 'add', path: '/spec/replicas', value: wanted },
    ],
    // Whoever may patch a Deployment may run anything as it; the portal only ever scales it.
    { subresource: 'scale' },
  );
}

function row(
  record: CanaryRecord,
  at: Date,
  what: string,
  why: Sentences,
  cleanUp: CleanUp,
): Outcome {
  return transition(
    record,
    { to: record.state, by: ENGINE, at, what, ...because(why) },
    { cleanUp },
  );
}
