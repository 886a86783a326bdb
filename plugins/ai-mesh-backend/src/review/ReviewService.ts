import type { Review } from '@ai-mesh/plugin-ai-mesh-common';
import { serviceObject } from '../kubernetes/serviceObject';
import { searchedSources } from '../target/searchedSources';
import { namedObjects } from '../routes/namedObjects';
import { resolveRoutes } from '../routes/resolveRoutes';
import { inTurns } from '../target/inTurns';
import type { ClusterTarget, Target } from '../target/Target';
import type { ServiceObject } from '../kubernetes/kinds';
import { ClusterTelemetry } from '../telemetry';
import { gatherReview } from './gatherReview';
import {
  countFindings,
  judgeInSteps,
  sortFindings,
  type ServiceJudgement,
} from './judgeService';
import { askKialiChecks, kialiChecks } from './kialiChecks';
import { relatedObjects } from './relatedObjects';
import type { ReviewSubject, SecurityFacts } from './ReviewSubject';
import { reviewTelemetry } from './reviewTelemetry';

/**
 * What is known of the security of a cluster's services. It asks that cluster's telemetry a constant number of
 * questions; what fails is unknown in the facts, and a row of the telemetry's source.
 */
export type ReadSecurity = (
  target: ClusterTarget,
  telemetry: ClusterTelemetry,
  now: Date,
) => Promise<(service: ServiceObject) => Promise<SecurityFacts>>;

/** Reviews an entity's services for AI traffic: configuration and metrics, each finding with its fix. */
export class ReviewService {
  readonly #readSecurity: ReadSecurity;

  constructor(options: { readSecurity: ReadSecurity }) {
    this.#readSecurity = options.readSecurity;
  }

  /** Never rejects for a source that fails: its row in `sources` says so, and `notJudged` what it leaves open. */
  async review(target: Target, { now }: { now: Date }): Promise<Review> {
    const clusters = await Promise.all(
      target.clusters
        .filter(({ services }) => services.length > 0)
        .map(cluster => this.#reviewCluster(cluster, target, now)),
    );
    const findings = sortFindings(clusters.flatMap(part => part.findings));
    return {
      entityRef: target.entityRef,
      observedAt: now.toISOString(),
      resolution: target.resolution,
      findings,
      counts: countFindings(findings),
      unreadable: distinct(clusters.flatMap(part => part.unreadable)),
      notJudged: clusters.flatMap(part => part.notJudged),
      kiali: clusters.flatMap(part => part.kiali),
      objects: clusters.flatMap(part => part.objects),
      sources: [
        ...searchedSources(target),
        ...clusters.flatMap(part => part.sources),
      ],
      queries: clusters.flatMap(part => part.queries),
    };
  }

  async #reviewCluster(
    target: ClusterTarget,
    { clusters, searched }: Target,
    now: Date,
  ) {
    const { cluster, snapshot, services } = target;
    const others = searched
      .filter(other => other.cluster.name !== cluster.name)
      .map(other => ({
        cluster: other.cluster.name,
        snapshot: other.snapshot,
      }));
    const namespaces = [...new Set(services.map(({ namespace }) => namespace))];
    const telemetry = new ClusterTelemetry(cluster);
    const [gathered, securityOf, kiali] = await Promise.all([
      gatherReview(
        telemetry,
        target,
        searched.map(one => one.cluster),
      ),
      this.#readSecurity(target, telemetry, now),
      askKialiChecks(cluster, namespaces),
    ]);
    const subjects: ReviewSubject[] = [];
    for (const service of services) {
      const object = serviceObject(snapshot, service);
      const security = await securityOf(object);
      await inTurns();
      subjects.push({
        snapshot,
        object,
        elsewhere: clusters
          .filter(other => other.cluster.name !== cluster.name)
          .flatMap(other => {
            const { namespace, name } = service;
            const twin = other.snapshot.get('Service', namespace, name);
            return twin
              ? [
                  {
                    cluster: other.cluster.name,
                    object: twin,
                    snapshot: other.snapshot,
                  },
                ]
              : [];
          }),
        others,
        service: { cluster: cluster.name, ...service },
        routes: resolveRoutes(snapshot, service),
        telemetry: reviewTelemetry(snapshot, service, gathered),
        security,
      });
    }
    const judged = [];
    for (const subject of subjects) {
      judged.push(await judgeInTurns(subject));
    }
    await inTurns();
    const findings = byId(judged.flatMap(part => part.findings));
    const objects = [...new Set(subjects.flatMap(relatedObjects))];
    const said = {
      findings,
      unreadable: judged.flatMap(part => part.unreadable),
      notJudged: judged.flatMap(part => part.notJudged),
      kiali: kialiChecks(snapshot, objects, kiali.validations, findings),
    };
    return {
      ...said,
      objects: namedObjects(snapshot, said),
      sources: [telemetry.source, ...kiali.sources],
      queries: [...telemetry.queries],
    };
  }
}

async function judgeInTurns(subject: ReviewSubject): Promise<ServiceJudgement> {
  const steps = judgeInSteps(subject);
  let step = steps.next();
  while (!step.done) {
    await inTurns();
    step = steps.next();
  }
  return step.value;
}

/** What is an object's own is found from each of its services, and said once. */
function byId(findings: Review['findings']): Review['findings'] {
  const first = new Map<string, Review['findings'][number]>();
  for (const finding of findings) {
    if (!first.has(finding.id)) {
      first.set(finding.id, finding);
    }
  }
  return [...first.values()];
}

/** An object may play a part for several services; what is wrong with it is said once. */
function distinct(notes: Review['unreadable']): Review['unreadable'] {
  return [
    ...new Map(
      notes.map(note => [`${note.object.cluster} ${note.message}`, note]),
    ).values(),
  ];
}
