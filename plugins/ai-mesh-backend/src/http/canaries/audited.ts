import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/** How an act came in: by a request, which tells the auditor who acts, or in words. */
export interface AuditedWay {
  request?: Request;
  meta?: JsonObject;
}

/** One act that the auditor is told of: what it was becomes clear while it is worked on. */
export interface Audit extends AuditedWay {
  auditor: AuditorService;
  eventId: string;
  severityLevel: 'medium' | 'high';
}

/**
 * Does something under the auditor's eyes: that it was tried, and whether it succeeded, was refused or failed.
 *
 * @param work - notes what it learns of the act
 */
export async function audited<T>(
  { auditor, meta: known, ...event }: Audit,
  work: (note: (meta: JsonObject) => void) => Promise<T>,
): Promise<T> {
  const meta: JsonObject = { ...known };
  const attempt = await auditor.createEvent({
    ...event,
    ...(known && { meta: known }),
  });
  try {
    const result = await work(more => Object.assign(meta, more));
    await attempt.success({ meta });
    return result;
  } catch (error) {
    await attempt.fail({
      meta,
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}
