import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screenTextsEn } from '../screens';
import { translations } from '../texts/translations';
import { comparisonsOf, readyMadeRules } from './checkRules';
import { defaultLevels, readyMadeCheckIds } from './checkTexts';
import { factDefinitions, factNames, type FactName } from './factDefinitions';
import { checkTextsEn } from './texts/checksEn';
import { factTextsEn } from './texts/en';

const page = readFileSync(
  join(__dirname, '../../../../docs/scorecards.md'),
  'utf8',
);

/** The cells of the page's tables, of rows that begin as the expression says. */
const rowsOf = (begin: RegExp) =>
  page
    .split('\n')
    .filter(line => begin.test(line))
    .map(line =>
      line
        .slice(1, -1)
        .split('|')
        .map(cell => cell.trim().replaceAll('`', '')),
    );

function betterOf(name: FactName): string {
  const { better, type } = factDefinitions[name];
  return {
    higher: type === 'boolean' ? 'yes' : 'more',
    lower: 'less',
    neither: '–',
  }[better];
}

describe('the page about facts', () => {
  it('tells of each fact its unit, what is better, the screen that mends it, and what it says', () => {
    expect(rowsOf(/^\| `\w+` /)).toEqual(
      factNames.map(name => [
        name,
        factDefinitions[name].unit.replace('yes-no', 'yes/no'),
        betterOf(name),
        screenTextsEn[`screen.${factDefinitions[name].screen}`],
        factTextsEn[name].description,
      ]),
    );
  });

  it('tells of each ready-made check its level', () => {
    const told = rowsOf(/^\| (bronze|silver|gold) /).map(([level, id]) => [
      id,
      level,
    ]);
    expect(told.sort()).toEqual(
      readyMadeCheckIds
        .map(id => [id, defaultLevels[readyMadeRules[id].step].id])
        .sort(),
    );
  });
});

it.each(readyMadeCheckIds)('the check %s asks for what can be mended', id => {
  for (const { fact, bound } of comparisonsOf(readyMadeRules[id].rule)) {
    const { type, better } = factDefinitions[fact];
    expect(typeof bound).toBe(type);
    expect(better).not.toBe('neither');
  }
});

describe.each(
  Object.entries({
    en: { facts: factTextsEn, checks: checkTextsEn },
    ...translations,
  }),
)('in %s', (_, { facts, checks }) => {
  it.each(factNames)('%s is named, described and measured', name => {
    expect(Object.values(facts[name]).filter(text => !text.trim())).toEqual([]);
    expect(Object.keys(facts[name]).sort()).toEqual(
      Object.keys(factTextsEn[name]).sort(),
    );
  });

  it.each(readyMadeCheckIds)('the check %s says why and what to do', id => {
    expect(Object.values(checks[id]).filter(text => !text.trim())).toEqual([]);
  });
});
