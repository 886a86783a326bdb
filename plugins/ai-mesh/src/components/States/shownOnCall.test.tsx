import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { shownOnCall } from './shownOnCall';

it('says that its code could not be loaded, and tries again when asked to', async () => {
  const load = jest
    .fn()
    .mockRejectedValueOnce(new Error('Loading chunk 7 failed'))
    .mockResolvedValue(() => <p>The graph</p>);
  const Screen = shownOnCall(load);
  const { unmount } = await renderInTestApp(<Screen />);
  expect(
    await screen.findByRole('heading', {
      name: 'This part of the page could not be loaded',
    }),
  ).toBeVisible();
  expect(load).toHaveBeenCalledTimes(1);

  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('The graph')).toBeVisible();
  expect(load).toHaveBeenCalledTimes(2);

  // Once loaded it is there at once.
  unmount();
  await renderInTestApp(<Screen />);
  expect(screen.getByText('The graph')).toBeVisible();
  expect(load).toHaveBeenCalledTimes(2);
});
