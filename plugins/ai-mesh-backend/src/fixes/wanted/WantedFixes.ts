import {
  wording,
  type FixRequestBody,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError } from '@backstage/errors';
import { parse } from 'yaml';
import type { CanaryService } from '../../canary';
import type { ReviewService } from '../../review';
import type { SecurityService } from '../../security';
import type { SloContext, SloService } from '../../slo';
import { worded } from '../../worded';
import type {
  FollowedFinding,
  FollowedObject,
  WantedFix,
} from '../FollowedRequest';
import { rulesDigest } from './rulesDigest';
import { wantedSplit } from './WantedSplit';

export interface WantedFixesOptions {
  review: Pick<ReviewService, 'review'>;
  security: Pick<SecurityService, 'security'>;
  slos: Pick<SloService, 'ruleObject'>;
  /** Throws ServiceUnavailableError while there is no database. */
  canaries(): Pick<CanaryService, 'find'>;
}

/** Says what a pull request is to bring, by what AI Mesh has found, would make and has done itself: nobody's word is taken for it. */
export class WantedFixes {
  readonly #options: WantedFixesOptions;

  constructor(options: WantedFixesOptions) {
    this.#options = options;
  }

  /**
   * @returns with the review that has the findings, where it is for some
   * @throws ConflictError where AI Mesh does not have what the request is said to be for
   */
  async of(
    body: FixRequestBody,
    context: SloContext,
  ): Promise<{ fix: WantedFix; review?: Review }> {
    const { findings, strict, rules, canary, cluster } = body;
    const { target, now } = context;
    if (findings) {
      const review = await this.#options.review.review(target, { now });
      return {
        review,
        fix: {
          kind: 'finding',
          findings: followedFindings(findings, review),
          objects: [],
        },
      };
    }
    if (strict) {
      const objects = await this.#strict(strict, cluster, context);
      return { fix: { kind: 'strict', findings: [], objects } };
    }
    if (rules) {
      const objects = await this.#rules(rules, cluster, context);
      return { fix: { kind: 'rules', findings: [], objects } };
    }
    const objects = await this.#weights(canary!, target.entityRef);
    return { fix: { kind: 'canary', findings: [], objects, canary } };
  }

  async #strict(
    scope: 'workload' | 'namespace',
    cluster: string | undefined,
    { target, now }: SloContext,
  ): Promise<FollowedObject[]> {
    const { services } = await this.#options.security.security(target, { now });
    const manifests = services
      .filter(
        ({ service }) => cluster === undefined || service.cluster === cluster,
      )
      .flatMap(({ mtls: { readiness } }) =>
        readiness.status === 'ready' ? readiness.manifests : [],
      )
      .filter(manifest => manifest.scope === scope);
    if (manifests.length === 0) {
      throw worded(ConflictError, wording('fix.noStrict'));
    }
    // Two services of one namespace have the same.
    const byObject = new Map(
      manifests.map(manifest => [JSON.stringify(manifest.object), manifest]),
    );
    return [...byObject.values()].map(({ object, yaml }) => ({
      object,
      as: { spec: parse(yaml).spec },
    }));
  }

  async #rules(
    format: 'prometheus' | 'operator',
    cluster: string | undefined,
    context: SloContext,
  ): Promise<FollowedObject[]> {
    const { object, groups } = await this.#options.slos.ruleObject(
      { cluster },
      context,
    );
    const digest = rulesDigest(groups);
    // A file for Prometheus is no object of the cluster.
    return format === 'operator' && object && digest !== undefined
      ? [{ object, as: { rules: digest } }]
      : [];
  }

  async #weights(id: string, entityRef: string): Promise<FollowedObject[]> {
    const record = await this.#options.canaries().find(id);
    const split = record && wantedSplit(record);
    // The same whether there is none or it is another's.
    if (!split || record.entityRef !== entityRef) {
      throw worded(ConflictError, wording('fix.noPromoted'));
    }
    return [{ object: record.route.object, as: { split } }];
  }
}

function followedFindings(
  ids: readonly string[],
  review: Review,
): FollowedFinding[] {
  return [...new Set(ids)].map(id => {
    const finding = review.findings.find(one => one.id === id);
    if (!finding) {
      throw worded(ConflictError, wording('fix.oneGone'));
    }
    const { code, object, fix } = finding;
    return {
      id,
      code,
      object: fix?.object ?? object,
      patch: fix?.jsonPatch ?? [],
    };
  });
}
