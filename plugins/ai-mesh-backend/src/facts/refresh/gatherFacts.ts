import {
  ANNOTATION_SLOS,
  said,
  wording,
  type FindingCode,
  type Review,
  type Security,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { kindTable } from '../../kubernetes/kindTable';
import type { Conceal } from '../../target/ownership';
import { inTurns } from '../../target/inTurns';
import type { Target } from '../../target/Target';
import { sentencesIn } from '../../worded';
import type { SeenConcerns } from '../concerns/Concern';
import { concernsIn } from '../concerns/concernsIn';
import {
  computeFacts,
  everyFactIs,
  type ComputedFacts,
} from '../core/computeFacts';
import { canariesSince } from '../core/canaryFacts';
import { noFact } from '../core/ComputedFact';
import { entityModels, type EntityModels } from '../core/entityModels';
import type { FactAnswers } from '../core/FactAnswers';
import { findingCodes } from '../core/findingCodes';
import { placeKey } from './ChangedPlaces';

/** Who asks about what, and when. */
interface Asking {
  entity: Entity;
  target: Target;
  now: Date;
  /** The portal's own. */
  credentials: BackstageCredentials;
}

/** Whom facts are asked of: the services behind the screens. None rejects for a source that fails. */
export interface FactSources {
  /** What is the entity's for everybody who may see it: nothing that is provably another's. */
  resolveTarget(entity: Entity): Promise<Target>;
  credentials(): Promise<BackstageCredentials>;
  /** Of the last hour. */
  overview(asking: Asking): Promise<FactAnswers['overview']>;
  /** Of the last hour. */
  routes(asking: Asking): Promise<FactAnswers['routes']>;
  security(asking: Asking): Promise<Security>;
  review(asking: Asking): Promise<Review>;
  slos(asking: Asking): Promise<Slos>;
  /** All that go on, or ended no sooner than at a moment. */
  canaries(target: Target, since: Date): Promise<FactAnswers['canaries']>;
  /** For how long canaries that ended are kept; absent: for longer than facts look back. */
  canariesKeptMs?: number;
  /** Where neighbours are not to be named. */
  conceal?: Conceal;
}

/** What was computed, and the places of the clusters that it depends on. */
export interface GatheredFacts {
  computed: ComputedFacts;
  models: EntityModels;
  /** Absent: there was nothing to see them by. */
  findingCodes?: FindingCode[];
  /** Absent: there was nothing to see them by. */
  concerns?: SeenConcerns;
  places: string[];
}

/**
 * Asks the services what the entity's screens show, and computes its facts.
 *
 * @throws where the portal itself fails; sources and annotations that do leave facts unknown
 */
export async function gatherFacts(
  entity: Entity,
  sources: FactSources,
  now: Date,
): Promise<GatheredFacts> {
  const credentials = await sources.credentials();
  let target: Target;
  try {
    target = await sources.resolveTarget(entity);
  } catch (error) {
    if (
      isError(error) &&
      ['InputError', 'NotFoundError'].includes(error.name)
    ) {
      const why = noFact('not-configured', said(...sentencesIn(error)));
      return { computed: everyFactIs(why), models: why, places: [] };
    }
    throw error;
  }
  // Hundreds go on with the same answer of the catalog.
  await inTurns();
  const unread = stillUnread(target);
  if (unread) {
    return {
      computed: everyFactIs(unread),
      models: unread,
      places: placesOf(target),
    };
  }
  const asking = { entity, target, now, credentials };
  const [overview, routes, security, review, slos, canaries] =
    await Promise.all([
      sources.overview(asking),
      sources.routes(asking),
      sources.security(asking),
      sources.review(asking),
      sources.slos(asking),
      sources.canaries(target, canariesSince(now)),
    ]);
  const answers = {
    overview,
    routes,
    security,
    review,
    slos,
    canaries,
    canariesKeptMs: sources.canariesKeptMs,
    hasSloDocument: Boolean(entity.metadata.annotations?.[ANNOTATION_SLOS]),
  };
  const computed = computeFacts(answers, now);
  const { conceal } = sources;
  return {
    computed,
    models: entityModels(computed.modelsInUse, answers),
    // While its cluster is away the review says what was.
    ...(computed.reviewFindingsHigh.status === 'known' && {
      findingCodes: findingCodes(review),
    }),
    concerns: {
      ...concernsIn(answers),
      ...(conceal && { conceal: concern => conceal(concern, target) }),
    },
    places: placesOf(target),
  };
}

/** What has not been listed yet would pass for what there is not. */
function stillUnread({ searched }: Target) {
  const found = searched.find(({ snapshot }) =>
    kindTable.some(({ kind }) => snapshot.state(kind).status === 'syncing'),
  );
  return (
    found &&
    noFact(
      'source-unreachable',
      wording('facts.readingCluster', { cluster: found.cluster.name }),
    )
  );
}

/** The namespaces of what was found, and the root namespaces of every cluster that was searched. */
function placesOf({ clusters, searched }: Target): string[] {
  return [
    ...new Set([
      ...clusters.flatMap(({ cluster, services, workloads }) =>
        [...services, ...workloads].map(({ namespace }) =>
          placeKey(cluster.name, namespace),
        ),
      ),
      ...searched.map(({ cluster, snapshot }) =>
        placeKey(cluster.name, snapshot.rootNamespace),
      ),
    ]),
  ];
}
