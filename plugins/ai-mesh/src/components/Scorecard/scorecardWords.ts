import {
  checkTextsEn,
  defaultLevels,
  factDefinitions,
  factTextsEn,
  isFactName,
  type CheckCondition,
  type CheckResult,
  type CheckText,
  type Fact,
  type FactValue,
  type ReadyMadeCheckId,
  type Scorecard,
  type Young,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import { catalogueOf, type Translate } from '../../translation';
import { textSaid } from '../Figures';

/** A check's words: a ready-made one's in the reader's language, another's as configured. */
export function checkWords(
  { id, title, description }: CheckResult,
  language: string,
): { title: string; why?: string; todo?: string } {
  const english = textOf(checkTextsEn, id);
  const isReadyMade = english?.title === title;
  return isReadyMade
    ? (textOf(catalogueOf(language)?.checks, id) ?? english)
    : { title, why: description };
}

function textOf(
  texts: Readonly<Record<ReadyMadeCheckId, CheckText>> | undefined,
  id: string,
): CheckText | undefined {
  return texts && Object.hasOwn(texts, id)
    ? texts[id as ReadyMadeCheckId]
    : undefined;
}

/** A level's title: the usual ones in the reader's language, others as configured. */
export function levelTitle(
  id: string,
  levels: readonly Pick<Scorecard['levels'][number], 'id' | 'title'>[],
  t: Translate,
): string {
  const title = levels.find(level => level.id === id)?.title ?? id;
  const usual = defaultLevels.find(level => level.id === id);
  return usual?.title === title
    ? t(`scorecard.level.${id as 'bronze' | 'silver' | 'gold'}`)
    : title;
}

/** A fact's words; one of a newer backend has its name alone. */
export function factWords(
  name: string,
  language: string,
): { title: string; description?: string; measured?: string } {
  return isFactName(name)
    ? (catalogueOf(language)?.facts ?? factTextsEn)[name]
    : { title: name };
}

/** A fact's value with its unit. */
export function formatFact(
  name: string,
  value: FactValue,
  currency: string | undefined,
  { t, format }: { t: Translate; format: Format },
): string {
  if (typeof value === 'boolean') {
    return t(value ? 'scorecard.value.yes' : 'scorecard.value.no');
  }
  switch (isFactName(name) ? factDefinitions[name].unit : 'count') {
    case 'ratio':
      return format.share(value);
    case 'times':
      return format.times(value);
    case 'seconds':
      return format.duration(value * 1000);
    case 'days':
      return format.span(value * 86_400);
    case 'tokens-per-day':
      return t('scorecard.value.tokensPerDay', { value: format.number(value) });
    case 'money-per-day':
      return t('scorecard.value.moneyPerDay', {
        value:
          currency === undefined
            ? format.number(value)
            : format.money(value, currency),
      });
    default:
      return format.number(value);
  }
}

/** What a condition asks for: `at most 0`. */
export function boundWords(
  { fact, comparison, bound }: CheckCondition,
  how: { t: Translate; format: Format },
): string {
  return how.t(`scorecard.bound.${comparison}`, {
    bound: formatFact(fact, bound, undefined, how),
  });
}

/** Why a fact is unknown. */
export function unknownWords(
  { reason, message, words, young }: Extract<Fact, { status: 'unknown' }>,
  { t, format }: { t: Translate; format: Format },
): string {
  const said =
    message === undefined ? undefined : textSaid({ message, words }, t);
  if (reason === 'young') {
    return young
      ? t('scorecard.unknown.young', youngWords(young, format))
      : (said ?? t('scorecard.unknown.not-computed'));
  }
  return said ?? t(`scorecard.unknown.${reason}`);
}

/** How much of its period there is of what is young. */
export function youngWords(
  { withinSeconds, periodSeconds }: Young,
  format: Format,
): { within: string; period: string } {
  return {
    within: format.span(withinSeconds),
    period: format.span(periodSeconds),
  };
}
