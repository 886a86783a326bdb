import { entityRow, type AiMeshEvent } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { Concern } from './Concern';

/** @param since - since when it has stood: with the subject, the event's name */
export function concernEvent(
  entityRef: string,
  concern: Concern,
  since: string,
): AiMeshEvent {
  const { kind, subject, cluster } = concern;
  const shared = {
    id: `${kind}:${entityRef}:${subject}:${since}`,
    at: since,
    entityRef,
    page: pageOf(entityRef, concern),
    cluster,
  };
  switch (concern.kind) {
    case 'budget-exhausted': {
      const { model, objective, periodSeconds, budgetLeft } = concern;
      return {
        ...shared,
        kind: concern.kind,
        ...(model !== undefined && { model }),
        objective,
        periodSeconds,
        budgetLeft,
      };
    }
    case 'high-finding': {
      const { findingId, code, service, object, path, message } = concern;
      return {
        ...shared,
        kind: concern.kind,
        findingId,
        code,
        service,
        object,
        path,
        message,
      };
    }
    default: {
      const { workload, expiresAt } = concern;
      return {
        ...shared,
        kind: concern.kind,
        ...(workload && { workload }),
        expiresAt,
      };
    }
  }
}

/** What people are told. The latest of a subject takes the place of what was said before. */
export function concernNotice(
  entityRef: string,
  concern: Concern,
): NotificationPayload {
  const { name } = parseEntityRef(entityRef);
  return {
    ...wordsOf(name, concern),
    severity: 'high',
    topic: `ai-mesh:${concern.kind}`,
    scope: `ai-mesh:${entityRef}:${concern.subject}`,
    link: pageOf(entityRef, concern),
  };
}

function wordsOf(name: string, concern: Concern) {
  switch (concern.kind) {
    case 'budget-exhausted': {
      const { objective, model, cluster, budgetLeft } = concern;
      return {
        title: `The error budget of ${name} is spent: ${objective.name}${model === undefined ? '' : ` (${model})`}`,
        description: `On ${cluster} ${percent(objective.target)} was promised. ${budgetLeft < 0 ? `The error budget is overspent by ${percent(-budgetLeft)}.` : 'Nothing of the error budget is left.'}`,
      };
    }
    case 'high-finding':
      return {
        title: `${name} has a new finding of high severity: ${concern.code}`,
        description: concern.message,
      };
    default: {
      const { workload, cluster, expiresAt } = concern;
      return {
        title: `A certificate of ${name} ends soon`,
        description: `The certificate of ${workload ? `${workload.namespace}/${workload.name}` : 'the root'} on ${cluster} ends at ${expiresAt}, and was not renewed in time.`,
      };
    }
  }
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(3))} %`;
}

function pageOf(entityRef: string, concern: Concern): string {
  switch (concern.kind) {
    case 'budget-exhausted':
      return entityRow(entityRef, 'slos', concern.row);
    case 'high-finding':
      return entityRow(entityRef, 'review', concern.findingId);
    default:
      return entityRow(entityRef, 'security', concern.row);
  }
}
