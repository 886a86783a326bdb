import {
  wording,
  type FixApplicationBody,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import { applicable, toYaml } from '../../manifest';
import { worded } from '../../worded';
import type { ApplicationGuard } from './ApplicationGuard';
import type { ApplicationRecord, Spec } from './ApplicationRecord';
import { orRefused } from './applicationRefusals';

/** A fix that somebody asks for. */
export interface Asked extends FixApplicationBody {
  entityRef: string;
  requestedBy: string;
}

/**
 * What is to be written for a finding, with the object as it is and as it would be: the cluster has to take it in a dry
 * run.
 *
 * @throws ConflictError where the review does not have the finding, or something speaks against it
 * @throws NotAllowedError where the Service is not provably the entity's
 * @throws ServiceUnavailableError while the cluster does not answer
 */
export async function newApplication(
  { entityRef, finding: id, reason, requestedBy }: Asked,
  review: Review,
  guard: ApplicationGuard,
  now: Date,
): Promise<ApplicationRecord> {
  const finding = review.findings.find(one => one.id === id);
  if (!finding) {
    throw worded(ConflictError, wording('fix.gone'));
  }
  const { code, service, fix } = finding;
  const jsonPatch = fix?.jsonPatch;
  if (!jsonPatch) {
    throw worded(ConflictError, wording('apply.noPatch'));
  }
  const { object } = fix;
  const editor = guard.writable(object.cluster);
  await guard.requireProven(service, entityRef);
  const operations = jsonPatch.filter(({ op }) => op !== 'test');
  const { live, dry } = await orRefused(async () => {
    const found = await editor.get(object);
    const why = await guard.whyNot({ object, operations, entityRef }, found);
    if (why) {
      throw worded(ConflictError, why);
    }
    return {
      live: found,
      // Its test of the version refuses a fix of an object that has moved on since the review read it.
      dry: await editor.patch(object, jsonPatch, { dryRun: true }),
    };
  });
  return {
    id: randomUUID(),
    version: 1,
    state: 'requested',
    entityRef,
    finding: id,
    code,
    service,
    object,
    operations,
    specBefore: live.spec as Spec,
    specAfter: dry.spec as Spec,
    before: toYaml(applicable(live)),
    after: toYaml(applicable(dry)),
    requestedBy,
    requestedAt: now.toISOString(),
    ...(reason !== undefined && { reason }),
    begun: false,
  };
}
