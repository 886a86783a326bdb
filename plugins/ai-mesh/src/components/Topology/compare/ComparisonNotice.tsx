import { useFormat } from '../../../format';
import { inARow } from '../../Figures';
import { Notice } from '../../Marks';
import { SourcesNotice } from '../../Sources';
import type { Comparison } from './compareTopologies';
import { mostChanged, turnTones } from './describeChange';

/** What changed most between two moments, and of what it cannot be told. */
export function ComparisonNotice(props: { comparison: Comparison }) {
  const { comparison } = props;
  const { then, now, versions } = comparison;
  const { t, format } = useFormat();
  const withDate = then.slice(0, 10) !== now.slice(0, 10);
  const moments = {
    then: format.clock(then, withDate),
    now: format.clock(now, withDate),
  };
  const [most] = comparison.calls.values();
  const calls = [...comparison.calls.values()];
  const changed = calls.filter(({ size }) => size > 0);
  const known = calls.filter(({ turn }) => turn !== 'unknown');
  const unknown = calls.length - known.length;
  const counts = {
    changed: String(changed.length),
    calls: String(known.length),
  };
  const summary = versions
    ? // What neither of the two answered is compared with nothing.
      t('compare.versions.summary', { ...versions, ...counts })
    : inARow(
        [
          t('compare.summary', { ...moments, ...counts }),
          unknown > 0 && t('compare.unknown', { count: unknown }),
        ],
        t,
      );
  return (
    <>
      <SourcesNotice sources={comparison.lacking} />
      <Notice
        tone={changed.length > 0 ? turnTones[most.turn] : 'unknown'}
        title={mostChanged(comparison, moments, format, t)}
      >
        {known.length > 0 && summary}
      </Notice>
    </>
  );
}
