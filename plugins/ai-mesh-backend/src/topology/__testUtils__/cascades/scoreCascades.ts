import { findOutage } from '../../findOutage';
import { cascadeKinds, cascadeOf, type CascadeKind } from './cascades';
import { observe } from './MeshModel';
import { Random } from './Random';

/** How well the search for an outage's start does on simulated cascades. */
export interface CascadeScore {
  kind: CascadeKind;
  cascades: number;
  /** A culprit is named first; for a kind with nothing wrong: nobody is named. */
  right: number;
  /** Origins that are called likely, and those of them that are culprits. */
  likely: number;
  likelyRight: number;
  /** Origins that are called possible, and those of them that are culprits. */
  possible: number;
  possibleRight: number;
}

/**
 * Plays cascades of every kind, and counts.
 *
 * @param seeds - how many of each kind
 * @param sinceSeconds - how long after they began one looks; unless set, so long that the window holds nothing else
 */
export function scoreCascades(
  seeds: number,
  sinceSeconds?: number,
): CascadeScore[] {
  return cascadeKinds.map(kind => {
    const score: CascadeScore = {
      kind,
      cascades: seeds,
      right: 0,
      likely: 0,
      likelyRight: 0,
      possible: 0,
      possibleRight: 0,
    };
    for (let seed = 1; seed <= seeds; seed++) {
      const { before, now, culprits } = cascadeOf(kind, seed);
      const { nodes, edges, patience, lately } = observe(
        before,
        now,
        new Random(seed * 7919 + kind.length),
        sinceSeconds,
      );
      const outage = findOutage(nodes, edges, {
        patienceMs: patience,
        lately,
      });
      const origins = outage.status === 'found' ? outage.origins : [];
      const isRight =
        culprits.length === 0
          ? outage.status === 'none'
          : origins.length > 0 && culprits.includes(origins[0].node);
      score.right += Number(isRight);
      for (const { node, confidence } of origins) {
        score[confidence] += 1;
        if (culprits.includes(node)) {
          score[`${confidence}Right`] += 1;
        }
      }
    }
    return score;
  });
}
