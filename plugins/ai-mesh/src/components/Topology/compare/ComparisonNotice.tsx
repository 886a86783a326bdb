import { useFormat } from '../../../format';
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
  const changed = [...comparison.calls.values()].filter(({ size }) => size > 0);
  const counts = {
    changed: String(changed.length),
    calls: String(comparison.calls.size),
  };
  return (
    <>
      <SourcesNotice sources={comparison.lacking} />
      <Notice
        tone={changed.length > 0 ? turnTones[most.turn] : 'unknown'}
        title={mostChanged(comparison, moments, format, t)}
      >
        {versions
          ? t('compare.versions.summary', { ...versions, ...counts })
          : t('compare.summary', { ...moments, ...counts })}
      </Notice>
    </>
  );
}
