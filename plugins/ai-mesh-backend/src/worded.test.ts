import {
  canaryActionSchema,
  canaryPlanSchema,
  canaryRequestSchema,
  chinese,
  inEnglish,
  inLanguage,
  mayCallRequestSchema,
  said,
  textsEn,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, InputError } from '@backstage/errors';
import { readdirSync, readFileSync } from 'fs';
import { join, relative } from 'path';
import { parseQuery } from './http/parseQuery';
import { parseBody } from './http/readBody';
import { worded, wordingWith, wordsIn } from './worded';

/** The code of the product in a folder, without tests. */
function sourcesIn(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      file =>
        /\.tsx?$/.test(file) &&
        !/\.test\.tsx?$|__testUtils__|texts\//.test(file),
    )
    .map(file => ({
      file: relative(__dirname, join(folder, file)),
      text: readFileSync(join(folder, file), 'utf8'),
    }));
}

const refusals =
  /new (InputError|ConflictError|NotAllowedError|NotFoundError|ServiceUnavailableError|NoComponentsError)\(/;

/** What is told to whoever sets the portal up: no screen shows it. */
const NOT_ON_SCREENS =
  /^config\/|^facts\/checks\/scorecardRules\.ts$|^canary\/(RunningCanaries|service\/canaryPresets)\.ts$/;

it('refuses in words of the catalogue wherever a screen shows it', () => {
  const unworded = sourcesIn(__dirname)
    .filter(
      ({ file, text }) => !NOT_ON_SCREENS.test(file) && refusals.test(text),
    )
    .map(({ file }) => file);
  expect(unworded).toEqual([]);
});

it('says each text of the catalogue somewhere', () => {
  const code = ['ai-mesh', 'ai-mesh-backend', 'ai-mesh-common']
    .flatMap(plugin => sourcesIn(join(__dirname, '../..', plugin, 'src')))
    .map(({ text }) => text)
    .join('\n');
  const written = new Set(
    [...code.matchAll(/['"]([\w.-]+)['"]/g)].map(([, key]) => key),
  );
  const made = [...code.matchAll(/`((?:[\w.-]|\$\{[^}`]+\})+)`/g)]
    .map(([, template]) => template)
    .filter(
      template =>
        template.includes('${') &&
        /[a-zA-Z]{2}\.|\.[a-zA-Z]{2}/.test(
          template.replace(/\$\{[^}]+\}/g, ''),
        ),
    )
    .map(
      template =>
        new RegExp(
          `^${template.replace(/\$\{[^}]+\}|\./g, part => (part === '.' ? '\\.' : '[\\w-]*'))}$`,
        ),
    );
  const unsaid = Object.keys(textsEn).filter(
    key =>
      !written.has(key) &&
      // Of several words of one thing, its name.
      !written.has(key.replace(/(?<=\..+)\.\w+$/, '')) &&
      !made.some(one => one.test(key)),
  );
  expect(unsaid).toEqual([]);
});

/** Phrases in code that says words which fill no place of theirs. */
const PHRASES_ELSEWHERE = [
  // Names, and code.
  'Kiali version',
  'Kiali core version',
  'app=cart,tier in (web, api)',
  '# Afterwards, with the weights that hold then in Git:',
  'too long',
  // What assistants and descriptions of the API are told.
  'Where the answer was cut; empty: nowhere',
  'Services that more entities claim than own them, as far as the caller may see those entities.',
  // Replaced by words before anybody is told.
  'its tables are not there yet',
  'not read: ',
  'keys and items',
  'not read in time',
  // Within what somebody else said.
  'a path of the portal',
];

it('fills no place of a sentence with a phrase that only English has', () => {
  const phrases = sourcesIn(__dirname)
    .filter(
      ({ file, text }) =>
        !NOT_ON_SCREENS.test(file) &&
        /\b(wording|wordingWith|worded)\(/.test(text),
    )
    .flatMap(({ text }) =>
      text
        .replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
        .split('\n')
        .flatMap(line => [...line.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)])
        .map(([, single, double]) => single ?? double)
        .filter(written => /\b[A-Za-z]{2,} [a-z]{2,}\b/.test(written)),
    );
  expect(phrases.sort()).toEqual(PHRASES_ELSEWHERE.sort());
});

/** Whose sentences no screen shows: assistants are told them, other programs, or whoever looks at figures of the portal. */
const NEVER_ON_SCREENS =
  /^actions\/|^ownMetrics\/|perations\.ts$|^http\/openApiDocument\.ts$/;

/** Sentences in code, by why nobody reads them on a screen in English alone. */
const SENTENCES_ELSEWHERE: Record<string, string[]> = {
  'Whoever wrote the code is told: it is a defect.': [
    'There is no kind ${kind} of ${apiVersion} to edit',
    'The operation ${operation.op} ${operation.path} does not fit the object',
    'A query has a control character',
    'A query has a comment at character ${node.from}',
    '${quantile} is not a quantile between 0 and 1',
    "A query asks for no value of the label '${label}'",
    "'${name}' is not a metric's name",
    "'${name}' is not a label's name",
    'A window of ${seconds} s is not longer than nothing',
  ],
  'Whoever sets the portal up is told.': [
    "The canary gate '${gate.name}' of a module cannot be used: ${parsed.error.issues",
    'the checks ${named(one.check, titleOf)} and ${named(other.check, titleOf)} contradict each other: no value of ${one.comparison.fact} is ${words(one.comparison)} and ${words(other.comparison)}',
    'the query cannot be used: ${error.message}',
    'canaries, which go on all the same',
    'fixes, which go on all the same',
  ],
  'Words of its own take its place before anybody is told.': [
    'no answer within ${ms / 1000} s',
    'its tables are not there yet',
    "${NOT_READ}it has more than ${limits[beyond]} ${beyond === 'keys' ? 'keys and items' : beyond}, as many as are read (aiMesh.limits.object.${beyond})",
    'The text ends before its value does.',
    'must be a list',
    'must be a list of at most ${most}',
    'must be an object',
    'must be whole',
    'holds neither traces nor metrics',
    'Canary ${id} has been changed since it was read',
    'Canary ${holder} is active on this route',
    'This idempotency key was used for a different request',
    'Fix ${record.id} has moved on.',
    'Another fix of the same object waits.',
    'not read in time',
  ],
  'A screen says the same by itself.': ['It starts at ${listed(origins)}'],
  'It stands within what others said, wrote or are told.': [
    'a path of the portal',
    '# Afterwards, with the weights that hold then in Git:',
    'Its page says why.',
  ],
  'It is a name.': ['Kiali core version'],
  'It is a language of queries.': [
    '(extract(epoch from clock_timestamp()) * 1000)::bigint + ?::bigint',
    'case when active_route is null then 1 else 0 end',
    'case when active_route is not null then ${verdictOf(knex)} end as verdict',
    'case when open_on is null then 1 else 0 end',
    'rate irate increase delta changes resets max_over_time min_over_time avg_over_time sum_over_time count_over_time last_over_time present_over_time',
    'label_replace label_join histogram_quantile histogram_count histogram_sum histogram_fraction clamp_min clamp_max round abs ceil floor timestamp',
  ],
};

it('has no sentence in code that only English has', () => {
  const sentences = sourcesIn(__dirname)
    .filter(
      ({ file }) => !NOT_ON_SCREENS.test(file) && !NEVER_ON_SCREENS.test(file),
    )
    .flatMap(({ text }) =>
      text
        .replace(
          /\/\*[^]*?\*\/|^\s*\/\/.*$|\blogger\??\.\w+\([^]*?\);|\b(description|summary):\s+.*$/gm,
          '',
        )
        .split('\n')
        .flatMap(line => [
          ...line.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)/g),
        ])
        .map(([, single, double, template]) => single ?? double ?? template)
        .filter(written => /[A-Za-z']{2,} [a-z']+ [a-z']{2,}/.test(written)),
    );
  expect([...new Set(sentences)].sort()).toEqual(
    Object.values(SENTENCES_ELSEWHERE).flat().sort(),
  );
});

/** What a refusal advises. */
const ADVICE =
  /\b(ask|try|look|name|give|take|check|correct|sign in|open|wait|decide|reject|set|lists)\b/i;

it('says in each refusal whom to ask or what to do', () => {
  const keys = sourcesIn(__dirname).flatMap(({ text }) =>
    [
      ...text.matchAll(
        /worded\(\s*(?:NotAllowed|Conflict|NotFound)Error,\s*wording(?:With)?\(([^)]*)/g,
      ),
    ].flatMap(([, written]) =>
      [...written.matchAll(/'(\w+\.[\w.]+)'/g)].map(([, key]) => key),
    ),
  );
  expect(keys).toEqual(
    expect.arrayContaining(['act.own', 'fix.own', 'request.denied']),
  );
  const texts: Record<string, string> = textsEn;
  const helpless = keys.filter(
    key =>
      key in texts &&
      // What follows says it.
      !texts[key].endsWith(':') &&
      !ADVICE.test(texts[key]),
  );
  expect(helpless).toEqual([]);
});

it('gives an error of the API words beside its message', () => {
  const words = [wording('act.noWeights'), wording('act.noStep')];
  const error = worded(ConflictError, ...words);
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject(said(...words));
});

it('puts words, names and figures into the places of others', () => {
  const words = wordingWith('found.says', {
    place: wording('place.in', { path: 'spec', object: 'Service a/b' }),
    mode: 'STRICT',
  });
  expect(inEnglish([words])).toBe('spec of Service a/b says STRICT');
  expect(inLanguage([words], chinese)).toBe('Service a/b 的 spec 规定 STRICT');
});

it('tells an error without words as it stands', () => {
  expect(wordsIn(new Error('no {{text}}'))).toEqual(
    wording('verbatim', { text: 'no {{text}}' }),
  );
  const one = wording('act.noStep');
  expect(wordsIn(worded(InputError, one))).toBe(one);
});

/** What is wrong, in both languages. */
function refused(work: () => unknown): {
  message: string;
  translated?: string;
} {
  try {
    work();
  } catch (error) {
    const { message, words } = error as ReturnType<typeof worded<Error>>;
    expect(inEnglish(words)).toBe(message);
    return { message, translated: inLanguage(words, chinese) };
  }
  throw new Error('It was taken.');
}

const plan = {
  steps: [50, 20],
  checkSeconds: 240,
  intervalSeconds: 120,
  longestHoldSeconds: 60,
};
const request = {
  entityRef: 'component:default/chat',
  service: { cluster: 'shop', namespace: 'ai', name: 'chat' },
  stable: { subset: 'v1' },
  canary: { subset: 'v1' },
  reason: 'because',
  across: { clusters: ['other', 'other'], order: 'together' },
};

describe('what is wrong with a body or a parameter', () => {
  it.each<[string, () => unknown]>([
    ['a plan against its rules', () => parseBody(canaryPlanSchema, plan)],
    [
      'a plan of other types',
      () => parseBody(canaryPlanSchema, { steps: 'a', gates: 1 }),
    ],
    [
      'a plan of too much',
      () => parseBody(canaryPlanSchema, { confirmBefore: Array(101).fill(5) }),
    ],
    [
      'figures out of their bounds',
      () =>
        parseBody(canaryPlanSchema, {
          intervalSeconds: 4,
          checkSeconds: 301,
          longestHoldSeconds: 59,
          affinity: { maxAgeSeconds: 59 },
          cleanUp: { soakSeconds: -1, reversibleSeconds: 2_592_001 },
          headerPhase: {
            headers: Array.from({ length: 9 }, (_, index) => ({
              name: `x-${index}`,
              values: ['a', 'b'],
            })),
          },
        }),
    ],
    ['no plan', () => parseBody(canaryPlanSchema, 1)],
    ['unknown keys', () => parseBody(canaryPlanSchema, { one: 1, two: 2 })],
    [
      'a request against its rules',
      () => parseBody(canaryRequestSchema, request),
    ],
    [
      'an action that there is not',
      () => parseBody(canaryActionSchema, { action: 'stop', version: 0 }),
    ],
    ['an empty question', () => parseQuery(mayCallRequestSchema, {})],
    [
      'half a caller',
      () =>
        parseQuery(mayCallRequestSchema, {
          cluster: 'a',
          namespace: 'b',
          service: 'c',
          callerWorkload: 'd',
        }),
    ],
    [
      'values that no question takes',
      () =>
        parseQuery(mayCallRequestSchema, {
          cluster: ['a', 'b'],
          namespace: {},
          service: 'x'.repeat(300),
          method: '!',
          path: 'x',
          port: '0',
          ip: '1',
        }),
    ],
  ])('is said of %s in the words of either language', (_, work) => {
    const { message, translated } = refused(work);
    expect(message).not.toMatch(/\{\{/);
    expect(translated).toMatch(/[\u4e00-\u9fff]/);
    // Names and values of the API are the same in any language; sentences are not.
    expect(translated).not.toMatch(
      /\b(must|expected|Too|Invalid|it|is|between)\b/,
    );
  });
});
