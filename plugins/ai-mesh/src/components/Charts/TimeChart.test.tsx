import { renderInTestApp } from '@backstage/test-utils';
import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { TimeChart } from './TimeChart';

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

it('says the value under the pointer, and goes to the moment that is clicked', async () => {
  const onPick = jest.fn();
  const { container } = await renderInTestApp(
    <TimeChart content={{ ...content, onPick }} />,
  );
  const chart = screen.getByRole('application');
  // Of 420 pixels the lines have those from 64 to 408.
  fireEvent.pointerMove(chart, { clientX: 230 });
  expect(container).toHaveTextContent('Requests : 2.5 req/s');
  fireEvent.click(chart, { clientX: 100 });
  expect(onPick).toHaveBeenCalledWith(0);
  fireEvent.pointerLeave(chart);
  expect(container).not.toHaveTextContent('req/s');
});

it('draws a value between two gaps, what it is held against, and what happened', async () => {
  const { container } = await renderInTestApp(
    <TimeChart
      content={{
        ...content,
        series: [
          { ...content.series[0], values: [null, 2, null] },
          { name: 'Errors', values: [0, 1, 1], exact: String },
        ],
        reference: { value: 1, label: 'The budget is spent' },
        marks: [content.times[1]],
      }}
    />,
  );
  expect(screen.getByRole('list')).toHaveTextContent('RequestsErrors');
  expect(screen.getByText('The budget is spent')).toBeVisible();
  expect(container.querySelectorAll('circle')).toHaveLength(1);
  expect(container.querySelectorAll('[stroke-dasharray="2 3"]')).toHaveLength(
    1,
  );
});
