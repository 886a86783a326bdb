import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { TimeChart } from './TimeChart';

// jsdom lays nothing out, and a chart without a size draws nothing.
beforeEach(() => {
  jest
    .spyOn(HTMLElement.prototype, 'getBoundingClientRect')
    .mockReturnValue(new DOMRect(0, 0, 420, 200));
});
afterEach(() => jest.restoreAllMocks());

const content = {
  title: 'Requests per second',
  times: [
    '2026-03-02T10:00:00.000Z',
    '2026-03-02T10:01:00.000Z',
    '2026-03-02T10:02:00.000Z',
  ],
  series: [
    {
      name: 'Requests',
      values: [1.25, 2.5, null],
      exact: (value: number) => `${value} req/s`,
    },
  ],
  axis: String,
};

it('is reached by the keyboard, and says exact values as the arrows move', async () => {
  const { container } = await renderInTestApp(<TimeChart content={content} />);
  const chart = await screen.findByRole('application', {
    name: 'Requests per second. The arrow keys move from value to value.',
  });
  await userEvent.tab();
  expect(chart).toHaveFocus();
  expect(container).toHaveTextContent('Requests : 1.25 req/s');
  await userEvent.keyboard('{ArrowRight}');
  expect(container).toHaveTextContent('Requests : 2.5 req/s');
  await userEvent.keyboard('{ArrowRight}');
  expect(container).toHaveTextContent('Requests : no value');
  expect(await axe(container)).toHaveNoViolations();
});
