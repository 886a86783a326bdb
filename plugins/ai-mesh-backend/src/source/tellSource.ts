import type { FixSource } from '@ai-mesh/plugin-ai-mesh-common';
import { repositoryUrl, webPage } from './repositoryUrl';
import type { TrackedSource } from './readTracker';

type KeptBy = Extract<FixSource, { status: 'known' }>['keptBy'];
type WhyNot = Extract<FixSource, { status: 'unknown' }>['reason'];

/** The object's own annotation says it. */
export function fromAnnotation(written: string): FixSource {
  const repository = repositoryUrl(written);
  return repository === undefined
    ? noSource(
        'unreadable',
        "The annotation 'ai-mesh.io/source' is no address of a repository, such as https://github.com/acme/deployments/tree/main/chat.",
      )
    : {
        status: 'known',
        knownBy: 'annotation',
        madeBy: 'unsaid',
        repository,
        ...linkTo(repository),
        message: `The annotation 'ai-mesh.io/source' says that it is kept at ${repository}.`,
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
    ? noSource(
        'untracked',
        "Neither Argo CD nor Flux nor an annotation says where it is kept. The annotation 'ai-mesh.io/source' can.",
      )
    : {
        status: 'known',
        knownBy: 'entity',
        madeBy: 'unsaid',
        repository,
        ...linkTo(repository),
        message: `Nothing says where the object itself is kept; the entity's source is ${repository}.`,
      };
}

/** What Argo CD, Flux or Helm keeps. */
export function fromTracker(
  tracked: TrackedSource,
  keptBy?: KeptBy,
): FixSource {
  const by = keptBy
    ? `${keptBy.kind} ${keptBy.namespace}/${keptBy.name} on '${keptBy.cluster}'`
    : 'Helm';
  switch (tracked.status) {
    case 'git': {
      const { status, by: madeBy, ...where } = tracked;
      return {
        status: 'known',
        knownBy: keptBy?.kind === 'Application' ? 'argo-cd' : 'flux',
        ...(keptBy && { keptBy }),
        madeBy,
        ...where,
        ...linkTo(where.repository),
        message: `${by} takes it from ${where.path ?? 'the root'} of ${where.repository}.${madeBy === 'template' ? ' It is made by a template, which cannot be edited safely: change the values.' : ''}`,
      };
    }
    case 'chart':
      return {
        status: 'chart',
        ...(keptBy && { keptBy }),
        ...(tracked.chart !== undefined && { chart: tracked.chart }),
        message: `${by} makes it from a chart's template, which cannot be edited safely: change the values of the release.`,
      };
    case 'not-its':
      return noSource(
        'not-its',
        `The object says that ${by} keeps it, which does not list it.`,
        keptBy,
      );
    case 'several':
      return noSource(
        'several',
        `${by} takes from several sources, and does not say which of them has it.`,
        keptBy,
      );
    default:
      return noSource(
        'unreadable',
        `${by} names no repository that can be read as one.`,
        keptBy,
      );
  }
}

export function noSource(
  reason: WhyNot,
  message: string,
  keptBy?: KeptBy,
): FixSource {
  return {
    status: 'unknown',
    reason,
    ...(keptBy && { keptBy }),
    message,
  };
}

function linkTo(repository: string): { link?: string } {
  const link = webPage(repository);
  return link === undefined ? {} : { link };
}
