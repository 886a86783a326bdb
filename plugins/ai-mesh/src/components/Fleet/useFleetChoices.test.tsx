import { fleetFilterSchema, joinValues } from '@ai-mesh/plugin-ai-mesh-common';
import { act, renderHook } from '@testing-library/react';
import fc from 'fast-check';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useFleetChoices } from './useFleetChoices';

const filters = [
  'owner',
  'system',
  'cluster',
  'namespace',
  'level',
  'model',
] as const;

/** Names as models and people have them, made of what an address and a list give a meaning. */
const name = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...',\\"\'%+&=#?; '),
      fc.constantFrom('模', '，', 'é', '🙂', '%2C'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 12,
  })
  .filter(one => one !== '');

/** The fleet's choices at an address, and where the address is now. */
function at(address: string) {
  const { result, unmount } = renderHook(
    () => ({ fleet: useFleetChoices(), address: useLocation().search }),
    {
      wrapper: ({ children }: { children: ReactNode }) => (
        <MemoryRouter initialEntries={[`/${address}`]}>{children}</MemoryRouter>
      ),
    },
  );
  return { result, unmount };
}

it('asks for the very values that were chosen, also whoever opens the link', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...filters),
      fc.array(name, { minLength: 1, maxLength: 3 }),
      (filter, values) => {
        const chosen = at('?sort=name');
        act(() =>
          chosen.result.current.fleet.choose({ [filter]: joinValues(values) }),
        );
        const linked = at(chosen.result.current.address);
        const { sort, order, ...query } = linked.result.current.fleet.query;
        expect(sort).toBe('name');
        expect(fleetFilterSchema.parse(query)[filter]).toEqual(values);
        chosen.unmount();
        linked.unmount();
      },
    ),
    { numRuns: 60 },
  );
});

it('folds the very groups that were folded', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 3 }), groups => {
      fc.pre(!groups.includes('-'));
      const folded = at('?group=system');
      for (const group of ['', ...groups]) {
        act(() => folded.result.current.fleet.fold(group));
      }
      const linked = at(folded.result.current.address);
      expect(linked.result.current.fleet.closed).toEqual(
        new Set(['', ...groups]),
      );
      folded.unmount();
      linked.unmount();
    }),
    { numRuns: 30 },
  );
});
