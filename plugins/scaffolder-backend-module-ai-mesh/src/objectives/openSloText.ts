import { parseEntityRef } from '@backstage/catalog-model';
import { Document } from 'yaml';
import type { ProposedObjective } from './proposeObjectives';

const success = {
  ratioMetric: {
    counter: true,
    bad: { metricSource: { type: 'ai-mesh', spec: { indicator: 'errors' } } },
    total: {
      metricSource: { type: 'ai-mesh', spec: { indicator: 'requests' } },
    },
  },
};

const duration = {
  thresholdMetric: {
    metricSource: {
      type: 'ai-mesh',
      spec: { indicator: 'latency', unit: 'seconds' },
    },
  },
};

/** OpenSLO v1 documents in one file, each with a comment that says what it stands on. */
export function openSloText(
  entityRef: string,
  objectives: readonly ProposedObjective[],
): string {
  const { name: service } = parseEntityRef(entityRef);
  return objectives
    .map(objective => {
      const document = new Document(documentOf(service, objective));
      document.commentBefore = ` ${objective.basis}`;
      return document.toString({ lineWidth: 0 });
    })
    .join('---\n');
}

function documentOf(service: string, objective: ProposedObjective) {
  const { name, model, targetPercent, thresholdSeconds } = objective;
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: {
      name,
      ...(model !== undefined && { labels: { 'ai-mesh.io/model': model } }),
    },
    spec: {
      service,
      indicator: {
        metadata: { name: `${name}-indicator` },
        spec: thresholdSeconds === undefined ? success : duration,
      },
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [
        {
          ...(thresholdSeconds !== undefined && {
            op: 'lte',
            value: thresholdSeconds,
          }),
          targetPercent,
        },
      ],
    },
  };
}
