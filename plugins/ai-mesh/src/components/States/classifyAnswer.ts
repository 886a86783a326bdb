import type { Resolution, Source } from '@ai-mesh/plugin-ai-mesh-common';

/** What every answer about an entity says of itself. */
export interface Answer {
  entityRef: string;
  observedAt: string;
  resolution: Resolution;
  sources: Source[];
}

/** Whether an answer has something to show, and if not, why not. */
export type Outcome =
  | 'content'
  | 'withheld'
  | 'empty'
  | 'unreachable'
  | 'sourceForbidden'
  | 'notConfigured';

/**
 * An entity that was not found may be absent, or only out of sight: as long as one cluster
 * looked and found nothing, the annotation is to be mended; else the clusters are.
 */
export function classifyAnswer(answer: Answer): Outcome {
  const { searched } = answer.resolution;
  if (searched.some(row => row.services.length || row.workloads.length)) {
    return 'content';
  }
  if (answer.resolution.ownership?.some(({ withheld }) => withheld)) {
    return 'withheld';
  }
  const clusters = answer.sources.filter(({ name }) => name === 'kubernetes');
  if (clusters.some(({ status }) => status === 'unreachable')) {
    return clusters.some(looked) ? 'empty' : 'unreachable';
  }
  if (clusters.some(({ status }) => status === 'forbidden')) {
    return clusters.some(looked) ? 'empty' : 'sourceForbidden';
  }
  return clusters.some(looked) ? 'empty' : 'notConfigured';
}

function looked({ status }: Source): boolean {
  return status === 'ok' || status === 'partial' || status === 'stale';
}
