import type { Scorecard } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import { Notice } from '../Marks';
import { checkWords, levelTitle } from './scorecardWords';

/** What the next level lacks, or that there is none to ask for. */
export function NextLevel(props: { scorecard: Scorecard }) {
  const { next, levels, checks } = props.scorecard;
  const { t, language } = useFormat();
  if (checks.length === 0) {
    return (
      <Notice tone="unknown" title={t('scorecard.noChecks.title')}>
        {t('scorecard.noChecks.body')}
      </Notice>
    );
  }
  if (!next) {
    return (
      <Notice tone="healthy" title={t('scorecard.next.none')}>
        {t('scorecard.next.keep')}
      </Notice>
    );
  }
  const titles = (ids: readonly string[]) =>
    checks
      .filter(({ id }) => ids.includes(id))
      .map(check => checkWords(check, language).title);
  const lists = [
    { name: t('scorecard.next.failing'), titles: titles(next.failing) },
    { name: t('scorecard.next.unknown'), titles: titles(next.unknown) },
  ].filter(list => list.titles.length > 0);
  return (
    <Notice
      tone={next.failing.length > 0 ? 'degraded' : 'unknown'}
      title={t('scorecard.next.title', {
        level: levelTitle(next.level, levels, t),
      })}
    >
      {lists.map(list => (
        <div key={list.name}>
          {list.name}
          {t('text.colon')}
          {list.titles.join(t('text.also'))}
        </div>
      ))}
    </Notice>
  );
}
