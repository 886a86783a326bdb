import {
  wording,
  type MayCall,
  type Security,
} from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import { worded, wordingWith } from '../worded';
import { meshConfig } from '../kubernetes/meshConfig';
import { searchedSources } from '../target/searchedSources';
import type { ClusterTarget, Target } from '../target/Target';
import { ClusterTelemetry } from '../telemetry';
import type { ServiceObject } from '../kubernetes/kinds';
import { readSecurityFacts } from './readSecurityFacts';
import type { ServiceSecurityFacts } from './securityFacts';
import { mayCall, type MayCallQuestion } from './authorization/mayCall';
import { seenPrincipals } from './authorization/seenPrincipals';
import { clusterSecurity } from './clusterSecurity';
import { lookBack, type LookBack } from './LookBack';
import { serviceObject } from '../kubernetes/serviceObject';

/** How the calls to an entity's services are protected, and who may make them. */
export class SecurityService {
  readonly #lookBack: LookBack;

  /** @param options - `lookBackSeconds`: how far back observation looks */
  constructor(options: { lookBackSeconds: number }) {
    this.#lookBack = lookBack(options.lookBackSeconds);
  }

  /** Never rejects for a source that fails: its row in `sources` says so. */
  async security(target: Target, { now }: { now: Date }): Promise<Security> {
    const clusters = await Promise.all(
      target.clusters
        .filter(({ services }) => services.length > 0)
        .map(cluster =>
          clusterSecurity(
            cluster,
            target.searched.map(({ cluster: one }) => one),
            this.#lookBack,
            now,
          ),
        ),
    );
    return {
      entityRef: target.entityRef,
      observedAt: now.toISOString(),
      lookBackSeconds: this.#lookBack.seconds,
      resolution: target.resolution,
      services: clusters.flatMap(({ services }) => services),
      sources: [
        ...searchedSources(target),
        ...clusters.map(({ telemetry }) => telemetry.source),
      ],
      queries: clusters.flatMap(({ telemetry }) => [...telemetry.queries]),
    };
  }

  /** For whoever judges it further: see {@link readSecurityFacts}. */
  readFacts(
    target: ClusterTarget,
    telemetry: ClusterTelemetry,
    now: Date,
  ): Promise<(service: ServiceObject) => Promise<ServiceSecurityFacts>> {
    return readSecurityFacts(target, telemetry, {
      lookBack: this.#lookBack,
      now,
    });
  }

  /**
   * "May X call ...?", by the policies as they are.
   *
   * @param isHidden - whoever asks may not see the caller: the answer does not tell whether there is one
   * @throws InputError where the service is none of the entity's; it names those that are
   */
  async mayCall(
    target: Target,
    question: MayCallQuestion,
    isHidden = false,
  ): Promise<MayCall> {
    const { cluster: name, namespace, service } = question;
    const found = target.clusters.find(
      ({ cluster, services }) =>
        cluster.name === name &&
        services.some(
          own => own.namespace === namespace && own.name === service,
        ),
    );
    if (!found) {
      throw worded(
        InputError,
        wordingWith('request.noService', {
          entity: target.entityRef,
          service: `${namespace}/${service}`,
          cluster: name,
          services: servicesOf(target) || wording('request.noServices'),
        }),
      );
    }
    const { cluster, snapshot } = found;
    return mayCall(
      snapshot,
      serviceObject(snapshot, { namespace, name: service }),
      question,
      {
        autoMtls: cluster.autoMtls ?? true,
        isHidden,
        seenPrincipals: meshConfig(snapshot, namespace)
          ? []
          : await seenPrincipals(new ClusterTelemetry(cluster), {
              namespace,
              name: service,
            }),
      },
    );
  }
}

function servicesOf({ clusters }: Target): string {
  const names = clusters.flatMap(({ cluster, services }) =>
    services.map(
      ({ namespace, name }) => `${namespace}/${name} on '${cluster.name}'`,
    ),
  );
  return names.join(', ');
}
