import { readFileSync } from 'fs';
import { join } from 'path';
import { ConfigReader } from '@backstage/config';
import { parse } from 'yaml';
import { scorecardRules } from '../facts';
import { readSettings } from './readSettings';

const read = (aiMesh: object) =>
  readSettings(new ConfigReader(JSON.parse(JSON.stringify({ aiMesh }))));

const check = (more: object = {}) => ({
  id: 'encrypted',
  title: 'Encrypted',
  level: 'gold',
  rule: { fact: 'mtlsObservedShare', atLeast: 0.99 },
  ...more,
});

describe('aiMesh.scorecard', () => {
  it('reads checks over facts', () => {
    const { scorecard } = read({
      scorecard: {
        levels: [
          { id: 'basic', title: 'Basis' },
          { id: 'gold', title: 'Exemplary' },
        ],
        readyMade: ['mtls'],
        checks: [
          check({
            appliesTo: { kinds: ['Component'], lifecycles: ['production'] },
            rule: {
              anyOf: [
                { fact: 'mtlsStrict', equals: true },
                {
                  allOf: [
                    { fact: 'mtlsObservedShare', above: 0.99 },
                    { fact: 'plaintextCallers', below: 1 },
                  ],
                },
              ],
            },
          }),
        ],
      },
    });
    expect(scorecard.readyMade).toEqual(['mtls']);
    expect(scorecard.checks[0]).toMatchObject({
      appliesTo: { kinds: ['component'], lifecycles: ['production'] },
      rule: {
        anyOf: [
          { fact: 'mtlsStrict', comparison: 'equals', bound: true },
          {
            allOf: [
              { fact: 'mtlsObservedShare', comparison: 'above', bound: 0.99 },
              { fact: 'plaintextCallers', comparison: 'below', bound: 1 },
            ],
          },
        ],
      },
    });
    const rules = scorecardRules(scorecard);
    expect(rules.checks.map(({ id, level }) => [id, level])).toEqual([
      ['mtls', 'basic'],
      ['encrypted', 'gold'],
    ]);
  });

  it('takes the example of the documentation', () => {
    const page = readFileSync(
      join(__dirname, '../../../../docs/scorecards.md'),
      'utf8',
    );
    const [, example] = /```yaml\n(aiMesh:\n[^`]+)```/.exec(page)!;
    const { scorecard, facts } = read(parse(example).aiMesh);
    expect(facts.periodMs).toBe(900_000);
    const { checks, levels } = scorecardRules(scorecard);
    expect(levels.map(({ title }) => title)).toEqual([
      'Basis',
      'Good',
      'Exemplary',
    ]);
    expect(checks.map(({ id }) => id)).toContain('encrypted');
  });

  it.each([
    [
      'a fact that does not exist',
      [check({ rule: { fact: 'mtlsStrickt', equals: true } })],
      "aiMesh.scorecard.checks[0].rule.fact must be the name of a fact; did you mean 'mtlsStrict'?",
    ],
    [
      'a fact that is like none',
      [check({ rule: { allOf: [{ fact: 'moon', equals: true }] } })],
      'aiMesh.scorecard.checks[0].rule.allOf[0].fact must be the name of a fact; there are mtlsStrict, mtlsReady',
    ],
    [
      'two comparisons',
      [check({ rule: { fact: 'latencyP99Seconds', below: 1, above: 0 } })],
      'must have exactly one of equals, atLeast, above, atMost, below beside fact',
    ],
    [
      'a number compared with a yes',
      [check({ rule: { fact: 'latencyP99Seconds', below: true } })],
      'rule.below must be a number, as latencyP99Seconds is',
    ],
    [
      'a yes compared with a number',
      [check({ rule: { fact: 'mtlsStrict', atLeast: 1 } })],
      'compares mtlsStrict, which is true or false',
    ],
    [
      'nothing to compare',
      [check({ rule: { anyOf: [] } })],
      'rule.anyOf must be a list of one to 50 comparisons',
    ],
    ['no rule', [check({ rule: 'mtlsStrict' })], 'rule must be { fact'],
    [
      'a level that there is not',
      [check({ level: 'platinum' })],
      'checks[0].level must be one of the levels: bronze, silver, gold',
    ],
    [
      'an id twice',
      [check(), check({ title: 'Another' })],
      "checks[1].id must be an id of its own: another check is 'encrypted' too",
    ],
    [
      'the id of a ready-made check',
      [check({ id: 'mtls' })],
      'checks[0].id is that of a ready-made check',
    ],
    ['a mistyped key', [check({ leval: 'gold' })], "did you mean 'level'?"],
  ])('refuses %s, and says how it is written', (_, checks, message) => {
    expect(() => read({ scorecard: { checks } })).toThrow(message);
    expect(() => read({ scorecard: { checks } })).toThrow('scorecard:\n');
  });

  it.each([
    [
      [
        { id: 'a', title: 'A' },
        { id: 'a', title: 'B' },
      ],
      "levels[1].id must be an id of its own: another level is 'a' too",
    ],
    [
      [
        { id: 'a', title: 'A' },
        { id: 'b', title: 'A' },
      ],
      "levels[1].title must be a title of its own: another level is called 'A' too",
    ],
    [[], 'levels must name at least one level'],
    [
      [{ id: 'none', title: 'Beginner' }],
      "levels[0].id must not be 'none', which stands for entities without a level",
    ],
    [
      [{ id: 'unknown', title: 'Beginner' }],
      "levels[0].id must not be 'unknown', which stands for entities of which the level is not known",
    ],
  ])('refuses levels %j', (levels, message) => {
    expect(() => read({ scorecard: { levels } })).toThrow(message);
  });

  it('refuses levels that contradict each other, so that one could never be reached', () => {
    const { scorecard } = read({
      scorecard: {
        checks: [
          check({
            rule: { allOf: [{ fact: 'mtlsStrict', equals: false }] },
          }),
          check({
            id: 'strict',
            level: 'bronze',
            rule: { fact: 'mtlsStrict', equals: true },
          }),
        ],
      },
    });
    expect(() => scorecardRules(scorecard)).toThrow(
      "the checks 'encrypted' (Gold) and 'strict' (Bronze) contradict each other: no value of mtlsStrict is false and true",
    );
  });

  it.each([
    [{ period: '1s' }, 'aiMesh.facts.period must be at least 10 seconds'],
    [
      { history: { days: '1d' } },
      'aiMesh.facts.history.days must be at least 7 days',
    ],
    [
      { history: { changes: 'soon' } },
      'aiMesh.facts.history.changes must be a duration',
    ],
  ])('refuses facts %j', (facts, message) => {
    expect(() => read({ facts })).toThrow(message);
  });
});
