import { ACTIVE_CANARY_STATES, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { worded } from '../../worded';
import type { CanaryRecord } from '../machine';
import type { CanaryPosition } from '../store';

const positionSchema = z.tuple([
  z.boolean(),
  z.iso.datetime(),
  z.string().max(36),
]);

/** Where a list goes on after a canary. */
export function placeOf({
  state,
  requestedAt,
  id,
}: CanaryRecord): CanaryPosition {
  return { active: ACTIVE_CANARY_STATES.includes(state), requestedAt, id };
}

/** {@link placeOf} as one text, for whoever asks for the next page. */
export function cursorOf(record: CanaryRecord): string {
  const { active, requestedAt, id } = placeOf(record);
  const position = [active, requestedAt, id];
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws InputError for what {@link cursorOf} did not make */
export function positionOf(cursor: string): CanaryPosition {
  try {
    const [active, requestedAt, id] = positionSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    return { active, requestedAt, id };
  } catch {
    throw worded(InputError, wording('request.cursor'));
  }
}
