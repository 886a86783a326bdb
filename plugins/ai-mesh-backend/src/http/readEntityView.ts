import { wording, type Sentences } from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { Target } from '../target/Target';
import type { SystemTargets } from '../target/ownership';
import { targetAt } from '../target/targetAt';
import { worded } from '../worded';
import { boundAnswer } from './boundAnswer';
import type { EntityView } from './EntityView';
import { silencesAt } from '../telemetry';
import { momentOf, withSilences } from './moment';
import { parseQuery } from './parseQuery';
import type { ReadableEntities } from './ReadableEntities';
import type { VeilNeighbours } from './veilNeighbours';

export interface ReadOptions {
  entities: Pick<ReadableEntities, 'get'>;
  /**
   * Finds what an entity owns in the mesh, as far as the reader may see it. Throws InputError for an annotation that
   * cannot be read.
   */
  resolveTarget(
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<Target>;
  /** Finds a System with what its components own; without, a System is an entity as any other. */
  systems?: Pick<SystemTargets, 'resolve'>;
  /** Takes out of an answer what the reader may not see; without, it is told as it is. */
  veil?: VeilNeighbours;
  now(): Date;
}

/** What somebody asks for. */
export interface AskedView {
  entityRef: string;
  query: Record<string, unknown>;
  credentials: BackstageCredentials;
}

/** An answer as its reader may see it, with what it was made of. */
export interface MadeAnswer {
  told: unknown;
  entity: Entity;
  target: Target;
  /** As {@link EntityView.madeOf}, of before it was made. */
  madeOf?: string;
}

/**
 * Reads one view of an entity for somebody: the one way to it, for routes and for actions alike.
 *
 * @throws InputError, NotFoundError, NotAllowedError
 */
export async function readEntityView(
  view: EntityView,
  asked: AskedView,
  options: ReadOptions,
): Promise<unknown> {
  return (await makeAnswer(view, asked, options)).told;
}

/** As {@link readEntityView}, for whoever keeps the answer. */
export async function makeAnswer(
  view: EntityView,
  asked: AskedView,
  options: ReadOptions,
): Promise<MadeAnswer> {
  const { entityRef, credentials } = asked;
  const query = parseQuery(view.request, asked.query);
  const now = options.now();
  const at = momentOf(query, now);
  const { entity, target: today } = await subjectOf(
    view,
    entityRef,
    credentials,
    options,
  );
  const target = at ? targetAt(today, at) : today;
  const madeOf = at ? undefined : await view.madeOf?.(query, target);
  const [read, silences] = await Promise.all([
    view.read(query, {
      entity,
      target,
      credentials,
      now: at ?? now,
      isPast: at !== undefined,
    }),
    at ? silencesAt(today, at, now) : new Map<string, Sentences>(),
  ]);
  const answer = withSilences(read, silences);
  // A file is bounded where it is made: what is left of one would be another.
  const bounded = view.mediaTypes ? answer : boundAnswer(answer);
  const told = options.veil
    ? await options.veil(bounded, target, credentials, view.answer)
    : bounded;
  if (view.mediaTypes && told !== bounded) {
    throw worded(NotAllowedError, wording('request.hiddenFile'));
  }
  return { told, entity, target, madeOf };
}

/** Whom a view is about: of a System, for the views that it has, its components. */
async function subjectOf(
  view: EntityView,
  entityRef: string,
  credentials: BackstageCredentials,
  { entities, resolveTarget, systems }: ReadOptions,
): Promise<{ entity: Entity; target: Target }> {
  if (
    view.ofSystems &&
    systems &&
    parseEntityRef(entityRef).kind === 'system'
  ) {
    return systems.resolve(entityRef, credentials);
  }
  const entity = await entities.get(entityRef, credentials);
  return { entity, target: await resolveTarget(entity, credentials) };
}
