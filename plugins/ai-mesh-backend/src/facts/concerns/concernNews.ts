import {
  entityRow,
  findingIn,
  wording,
  type AiMeshEvent,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import {
  inEach,
  sentences,
  type NoticeLanguageName,
  type Say,
} from '../../people';
import { nameIn } from '../../nameIn';
import type { BudgetConcern, Concern } from './Concern';

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
        objective: {
          id: objective.id,
          name: objective.name,
          target: objective.target,
        },
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
  languages: readonly NoticeLanguageName[],
): NotificationPayload {
  const { name } = parseEntityRef(entityRef);
  return {
    title: inEach(languages, sentences([titleOf(name, concern)])),
    description: inEach(languages, descriptionOf(concern)),
    severity: 'high',
    topic: `ai-mesh:${concern.kind}`,
    scope: `ai-mesh:${entityRef}:${concern.subject}`,
    link: pageOf(entityRef, concern),
  };
}

function titleOf(name: string, concern: Concern): Words {
  switch (concern.kind) {
    case 'budget-exhausted': {
      const { objective, model } = concern;
      const { params, terms } = nameIn('objective', objective);
      return model === undefined
        ? wording('news.budget', { ...params, name }, terms)
        : wording('news.budgetOfModel', { ...params, name, model }, terms);
    }
    case 'high-finding':
      return wording('news.finding', { name, code: concern.code });
    default:
      return wording('news.certificate', { name });
  }
}

function descriptionOf(concern: Concern): Say {
  switch (concern.kind) {
    case 'budget-exhausted':
      return sentences(budgetWords(concern));
    case 'high-finding':
      return language =>
        findingIn(concern.wording, language)?.message ?? concern.message;
    default: {
      const { workload, cluster, expiresAt } = concern;
      return sentences([
        workload
          ? wording('news.certificateEnds', {
              workload: `${workload.namespace}/${workload.name}`,
              cluster,
              end: expiresAt,
            })
          : wording('news.rootEnds', { cluster, end: expiresAt }),
      ]);
    }
  }
}

function budgetWords({
  cluster,
  objective,
  budgetLeft,
}: BudgetConcern): Words[] {
  return [
    wording('news.promised', { cluster, target: percent(objective.target) }),
    budgetLeft < 0
      ? wording('news.overspent', { share: percent(-budgetLeft) })
      : wording('news.spent'),
  ];
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(3))}%`;
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
