import * as common from '..';

/** What of a schema holds others, as Zod describes it. */
interface Described {
  def?: {
    type: string;
    shape?: Record<string, Described>;
    element?: Described;
    innerType?: Described;
    valueType?: Described;
    options?: Described[];
    items?: Described[];
    in?: Described;
    left?: Described;
    right?: Described;
  };
}

/** Why a sentence stands alone, by where it is. */
const WITHOUT_WORDS: Record<string, RegExp> = {
  'somebody else wrote it': /\.(kiali|validations|outOfSync)\b/,
  'a finding has its own: its code, and what fills its text':
    /^(findingSchema|reviewSchema\.findings)\.message$/,
  'a screen says it by the origins': /\b(outage|outageSchema)\.message$/,
  'modules are told, and no screen': /^aiMeshEventSchema\.message$/,
};

function sentencesIn(schema: Described, at: string): string[] {
  const { def } = schema;
  if (!def) {
    return [];
  }
  const { shape, options = [], items = [] } = def;
  const own =
    shape && 'message' in shape && !('words' in shape) ? [`${at}.message`] : [];
  return [
    ...own,
    ...Object.entries(shape ?? {}).flatMap(([key, one]) =>
      sentencesIn(one, `${at}.${key}`),
    ),
    ...[
      def.element,
      def.innerType,
      def.valueType,
      def.in,
      def.left,
      def.right,
      ...options,
      ...items,
    ].flatMap(one => (one ? sentencesIn(one, at) : [])),
  ];
}

it('has words beside each sentence of an answer', () => {
  const schemas = Object.entries(common).filter(([name]) =>
    name.endsWith('Schema'),
  );
  const unworded = schemas.flatMap(([name, schema]) =>
    sentencesIn(schema as Described, name),
  );
  const allowed = Object.values(WITHOUT_WORDS);
  expect(unworded.filter(at => !allowed.some(one => one.test(at)))).toEqual([]);
  expect(allowed.filter(one => !unworded.some(at => one.test(at)))).toEqual([]);
});
