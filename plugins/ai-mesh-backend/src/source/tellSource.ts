import {
  said,
  wording,
  type FixSource,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { wordingWith } from '../worded';
import type { TrackedSource } from './readTracker';
import { repositoryUrl, webPage } from './repositoryUrl';

export type KeptBy = NonNullable<
  Extract<FixSource, { status: 'known' }>['keptBy']
>;
type WhyNot = Extract<FixSource, { status: 'unknown' }>['reason'];

/** The object's own annotation says it. */
export function fromAnnotation(written: string): FixSource {
  const repository = repositoryUrl(written);
  return repository === undefined
    ? noSource('unreadable', wording('kept.badAnnotation'))
    : {
        status: 'known',
        knownBy: 'annotation',
        madeBy: 'unsaid',
        repository,
        ...linkTo(repository),
        ...said(wording('kept.annotation')),
      };
}

/**
 * Nothing tracks the object, or it is not there yet: what the entity says of its own source.
 *
 * @param written - the annotation `ai-mesh.io/source`
 * @param location - the annotation `backstage.io/source-location`
 */
export function fromEntity(
  written: string | undefined,
  location: string | undefined,
): FixSource {
  const repository = repositoryUrl(written ?? location?.replace(/^url:/, ''));
  return repository === undefined
    ? noSource('untracked', wording('kept.untracked'))
    : {
        status: 'known',
        knownBy: 'entity',
        madeBy: 'unsaid',
        repository,
        ...linkTo(repository),
        ...said(wording('kept.entity')),
      };
}

/** Helm by itself, which keeps no address of its charts. */
export function fromHelm(): FixSource {
  return { status: 'chart', ...said(wording('kept.chart')) };
}

/** What Argo CD or Flux keeps. */
export function fromTracker(
  tracked: Exclude<TrackedSource, { status: 'reference' }>,
  keptBy: KeptBy,
): FixSource {
  const tracker = trackerWords(keptBy);
  const isArgoCd = keptBy.kind === 'Application';
  const by = wordingWith(isArgoCd ? 'kept.argoCd' : 'kept.flux', { tracker });
  switch (tracked.status) {
    case 'git': {
      const { status, by: madeBy, ...where } = tracked;
      return {
        status: 'known',
        knownBy: isArgoCd ? 'argo-cd' : 'flux',
        keptBy,
        madeBy,
        ...where,
        ...linkTo(where.repository),
        ...said(by, wording(`kept.${madeBy}`)),
      };
    }
    case 'chart':
      return {
        status: 'chart',
        keptBy,
        ...(tracked.chart !== undefined && { chart: tracked.chart }),
        ...said(by, wording('kept.chart')),
      };
    case 'not-its':
      return noSource(
        'not-its',
        wordingWith('kept.notIts', { tracker }),
        keptBy,
      );
    case 'several':
      return noSource(
        'several',
        wordingWith('kept.several', { tracker }),
        keptBy,
      );
    default:
      return noSource(
        'unreadable',
        wordingWith('kept.noRepository', { tracker }),
        keptBy,
      );
  }
}

/** What keeps an object, within a sentence. */
export function trackerWords(keptBy: KeptBy): Words {
  return wording('kept.tracker', { ...keptBy });
}

export function noSource(
  reason: WhyNot,
  why: Words,
  keptBy?: KeptBy,
): FixSource {
  return {
    status: 'unknown',
    reason,
    ...(keptBy && { keptBy }),
    ...said(why),
  };
}

function linkTo(repository: string): { link?: string } {
  const link = webPage(repository);
  return link === undefined ? {} : { link };
}
