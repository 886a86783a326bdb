import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../../format';
import type { Tone } from '../../../theme';
import type { Translate } from '../../../translation';
import { nameOf, UNKNOWN } from '../describe';
import { type Change, factor } from './changes';
import type { CallChange, Comparison, Turn } from './compareTopologies';

/** The colour of what became of a call; the label's words say it too. */
export const turnTones: Record<Turn, Tone> = {
  worse: 'failing',
  better: 'healthy',
  new: 'accent',
  gone: 'accent',
  moved: 'accent',
  same: 'unknown',
  unknown: 'unknown',
};

const joined = ([then, now]: [string, string]) =>
  // A label has little room.
  then === now ? now : `${then}→${now}`;

/** Then's and now's figure of each kind, as text. */
export function figuresOf(change: CallChange, format: Format) {
  const { rate, errors, p95 } = change;
  const rateText = rate.of === 'connections' ? format.connections : format.rate;
  return {
    rate: pair(rate, rateText),
    errors: pair(errors, format.percent),
    p95: pair(p95, format.durationShort),
  };
}

/** What a call's label says of its change, what matters first. */
export function changeLines(
  change: CallChange,
  format: Format,
  t: Translate,
): string[] {
  const { rate, errors, p95 } = figuresOf(change, format);
  const lines = {
    rate: joined(rate),
    errors: t('topology.edge.errors', { percent: joined(errors) }),
    p95: t('topology.edge.p95', { value: joined(p95) }),
  };
  return [
    t(`compare.turn.${change.turn}`),
    ...byChange(change).map(kind => lines[kind]),
  ];
}

/**
 * In one sentence, what changed most. The times are of the clock, with the date where the two days differ.
 *
 * @param moments - then and now, as text
 */
export function mostChanged(
  { calls, topology, versions, lacking }: Comparison,
  moments: { then: string; now: string },
  format: Format,
  t: Translate,
): string {
  const [most] = calls.values();
  const isKnown = [...calls.values()].some(({ turn }) => turn !== 'unknown');
  if (!isKnown && (calls.size > 0 || lacking.length > 0)) {
    return versions
      ? t('compare.versions.unknown', { ...versions })
      : t('compare.most.unknown', moments);
  }
  if (!most || most.size === 0) {
    return versions
      ? t('compare.versions.nothing', { ...versions })
      : t('compare.most.nothing', moments);
  }
  const call = {
    ...moments,
    source: nameOf(topology, most.edge.source),
    target: nameOf(topology, most.edge.target),
  };
  if (most.turn === 'new' || most.turn === 'gone') {
    return t(`compare.most.${most.turn}`, call);
  }
  const figures = figuresOf(most, format);
  const changed = byChange(most).filter(one => most[one].size > 0);
  // That calls fail or wait is named before their number.
  const kind = changed.find(one => one !== 'rate') ?? 'rate';
  const change = most[kind];
  const [then, now] = figures[kind];
  const times = timesOf(change);
  if (versions && kind !== 'rate') {
    return t(
      `compare.versions.${kind}.${change.direction === 'more' ? 'more' : 'less'}`,
      { ...call, ...versions, before: then, after: now },
    );
  }
  return t(
    `compare.most.${kind}.${change.direction === 'more' ? 'more' : 'less'}${times === undefined ? 'Plain' : ''}`,
    {
      ...call,
      before: then,
      after: now,
      times: times === undefined ? '' : format.number(times),
    },
  );
}

/** The kinds of figures, most changed first. */
function byChange(change: CallChange): Array<'errors' | 'p95' | 'rate'> {
  const kinds = ['errors', 'p95', 'rate'] as const;
  return [...kinds].sort((a, b) => change[b].size - change[a].size);
}

/** How many times as much or as little; nothing where one of the two is zero. */
function timesOf({ then, now }: Change): number | undefined {
  if (then.status !== 'known' || now.status !== 'known') {
    return undefined;
  }
  const times = factor(then.value, now.value);
  return Number.isFinite(times) ? Number(times.toPrecision(2)) : undefined;
}

function pair(
  { then, now }: Change,
  text: (value: number) => string,
): [string, string] {
  const shown = (measured: Measured<number>) =>
    measured.status === 'known' ? text(measured.value) : UNKNOWN;
  return [shown(then), shown(now)];
}
