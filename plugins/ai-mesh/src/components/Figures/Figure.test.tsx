import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { queries, traffic, unknownTraffic } from '../../__testUtils__';
import { Queries } from './Queries';
import { SignalFigure } from './SignalFigure';
import type { Signal } from './signals';

const show = (
  of: ReturnType<typeof traffic>,
  signal: Signal,
  asked = queries,
) =>
  renderInTestApp(
    <Queries window="5m" queries={asked}>
      <SignalFigure traffic={of} signal={signal} cluster="demo" />
    </Queries>,
  );

describe('a figure', () => {
  it.each<[Signal, string]>([
    ['requestsPerSecond', 'Requests per second: 12.3 req/s'],
    ['requestCount', 'Requests in the window: 3,704 requests'],
    ['errorRatio', 'Errors: 1.2%'],
    ['throttledRatio', 'Throttled (429): 0%'],
    ['p95', 'p95 latency: 2.3 sec'],
  ])('says %s with its unit', async (signal, name) => {
    await show(traffic(12.345678, { errorRatio: 0.0123, p95Ms: 2300 }), signal);
    expect(screen.getByRole('button', { name })).toBeVisible();
  });

  it('says how many requests a percentage stands on when they are few', async () => {
    await show(
      { ...traffic(0.01), errorRatio: known(1 / 3), requestCount: known(3) },
      'errorRatio',
    );
    expect(
      screen.getByRole('button', { name: 'Errors: 33.3% of 3 requests' }),
    ).toBeVisible();
  });

  it('shows its exact value and its query on focus', async () => {
    await show(traffic(12.345678), 'requestsPerSecond');
    await userEvent.tab();
    const tooltip = await screen.findByRole('tooltip');
    expect(tooltip).toHaveTextContent('Exactly 12.345678 req/s');
    expect(tooltip).toHaveTextContent('istio_requests_total');
  });

  it('says of a query how many there are like it, about other namespaces', async () => {
    const many = queries.map(query => ({ ...query, alike: 28 }));
    await show(traffic(12), 'requestsPerSecond', many);
    const figure = screen.getByRole('button', { name: /^Requests/ });
    await userEvent.hover(figure);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'One of 28 like it, each about other namespaces',
    );
    await userEvent.click(figure);
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'One of 28 like it',
    );
  });

  it('gives its query to be copied, with the window and the bucket that it is from', async () => {
    const user = userEvent.setup();
    await show(traffic(12, { p95Ms: 2300 }), 'p95');
    await user.click(screen.getByRole('button', { name: /^p95 latency/ }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Where this number is from: p95 latency',
    });
    expect(dialog).toHaveTextContent('Exactly 2,300 ms, over 5 minutes');
    expect(dialog).toHaveTextContent(
      'Interpolated inside the histogram bucket 1 sec to 2.5 sec',
    );
    expect(dialog).not.toHaveTextContent('envoy_cluster');
    expect(await axe(dialog)).toHaveNoViolations();
    const copied = jest.fn();
    document.execCommand = jest.fn(() => {
      copied(document.getSelection()?.toString());
      return true;
    });
    await user.click(
      within(dialog).getByRole('button', { name: 'Copy PromQL' }),
    );
    expect(
      await within(dialog).findByRole('button', { name: 'Copied' }),
    ).toBeVisible();
    expect(document.execCommand).toHaveBeenCalledWith('copy');
  });

  it.each([
    ['no-traffic', /Nothing happened in the window/],
    ['not-exported', /Nothing exports this metric/],
    ['no-such-label', /lacks the label/],
    ['source-unreachable', /did not answer/],
    ['forbidden', /refused the portal’s credentials/],
    ['not-configured', /is not configured/],
  ] as const)(
    'is a dash with its reason, and never a zero, where it is unknown: %s',
    async (reason, text) => {
      const { container } = await show(
        unknownTraffic(reason, 'Set proxyStatsMatcher.'),
        'errorRatio',
      );
      const figure = screen.getByRole('button', { name: /^Errors: unknown/ });
      expect(figure).toHaveTextContent('–');
      expect(figure).toHaveAccessibleName(text);
      expect(figure).toHaveAccessibleName(/Set proxyStatsMatcher\.$/);
      await userEvent.hover(figure);
      expect(await screen.findByRole('tooltip')).toHaveTextContent(text);
      expect(container).not.toHaveTextContent('0');
    },
  );

  it('gives the reason of an unknown value to be copied', async () => {
    await show(
      unknownTraffic('not-exported', 'Its setting: a.b=true'),
      'errorRatio',
    );
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Its setting: a.b=true');
    document.execCommand = jest.fn(() => true);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Copy the reason' }),
    );
    expect(
      await within(dialog).findByRole('button', { name: 'Copied' }),
    ).toBeVisible();
  });

  it('says where a number is from of none that is unknown', async () => {
    await show(unknownTraffic('source-unreachable'), 'errorRatio', []);
    await userEvent.click(screen.getByRole('button', { name: /^Errors/ }));
    expect(await screen.findByRole('dialog')).not.toHaveTextContent(
      'Read from the cluster’s objects',
    );
  });

  it('does not guess a count for a ratio of unknown many', async () => {
    await show(
      { ...traffic(1), requestCount: unknown('not-exported') },
      'errorRatio',
    );
    expect(screen.getByRole('button', { name: 'Errors: 0%' })).toBeVisible();
  });
});
