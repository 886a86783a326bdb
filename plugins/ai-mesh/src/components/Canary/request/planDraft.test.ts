import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { draftOf, readDraft } from './planDraft';

it('takes header values over as they are, with commas and all', () => {
  const value = fc
    .string({ unit: 'binary-ascii', minLength: 1, maxLength: 12 })
    .filter(one => /^[\x20-\x7e]+$/.test(one));
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 4 }),
      fc.array(fc.constantFrom(',', '\\', 'a', ' ', ', '), { minLength: 1 }),
      (values, signs) => {
        const headers = [
          { name: 'x-group', values: [...values, signs.join('')] },
          { name: 'accept', value: 'text/html, */*' },
        ];
        const plan = canaryPlanSchema.parse({ headerPhase: { headers } });
        expect(readDraft(draftOf(plan)).plan?.headerPhase).toEqual({ headers });
      },
    ),
  );
});
