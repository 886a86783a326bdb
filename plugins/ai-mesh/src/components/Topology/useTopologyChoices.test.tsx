import { act, renderHook } from '@testing-library/react';
import fc from 'fast-check';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useTopologyChoices } from './useTopologyChoices';

function at(address: string) {
  return renderHook(
    () => ({ choices: useTopologyChoices(), address: useLocation().search }),
    {
      wrapper: ({ children }: { children: ReactNode }) => (
        <MemoryRouter initialEntries={[`/${address}`]}>{children}</MemoryRouter>
      ),
    },
  );
}

it('finds, hides and shows by a link what was written and chosen, whatever signs it has', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...',\\"\'%+&=#?; ', '模', '%2C'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, text, text, (find, hide, id) => {
      const chosen = at('');
      act(() => chosen.result.current.choices.setFind(find));
      act(() => chosen.result.current.choices.setHide(hide));
      act(() => chosen.result.current.choices.setSelection(`node:${id}`));
      const linked = at(chosen.result.current.address);
      expect(linked.result.current.choices).toMatchObject({
        find,
        hide,
        selection: `node:${id}`,
      });
      chosen.unmount();
      linked.unmount();
    }),
    { numRuns: 60 },
  );
});
