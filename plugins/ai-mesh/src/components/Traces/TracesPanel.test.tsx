import {
  known,
  unknown,
  type AiMeshApi,
  type Traces,
} from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { demoApi, renderTab, trace, traces } from '../../__testUtils__';

const show = async (
  change: Partial<Traces> = {},
  ask: AiMeshApi['traces'] = async () => traces(change),
) => {
  const api = { traces: jest.fn().mockImplementation(ask) };
  await renderTab('/slos', { api: demoApi(api) });
  return api.traces;
};

const panel = () => screen.findByRole('region', { name: 'Traces' });

it('asks for those of the model that were slower than its objective', async () => {
  const ask = await show();
  expect(await panel()).toHaveTextContent(/6\.2 secfailedswift-chat-3\.5chat/);
  expect(ask).toHaveBeenCalledWith(
    'component:default/ai-chat-service',
    { window: '1h', model: 'swift-chat-3.5', slowerThanMs: 2000 },
    expect.anything(),
  );
});

it('shows the steps of one as a table, with what happened in each', async () => {
  await show();
  await userEvent.click(
    await screen.findByRole('button', {
      name: '9 steps: trace …0e0e4736 of 6.2 sec',
    }),
  );
  const steps = screen.getByRole('table', {
    name: /^Steps of the trace 4bf92/,
  });
  const [, first, second] = within(steps).getAllByRole('row');
  expect(first).toHaveTextContent(
    'ai-chat-service.ai-services answers0 ms6.2 secfailed · 504',
  );
  expect(second).toHaveTextContent(
    'ai-chat-service.ai-services calls25 ms6.1 secfailed · 504 · UT · tried again 2 times · swift-chat-3.5',
  );
  expect(screen.getByText('The longest 2 of 9 steps.')).toBeVisible();
});

it('links to the trace where it is at home', async () => {
  await show();
  expect(
    await screen.findByRole('link', { name: /^Open the trace/ }),
  ).toHaveAttribute('href', trace().url);
});

it.each([
  [false, 1],
  [true, 0],
])(
  'says that there may be more that failed unless it has all: %s',
  async (failedComplete, times) => {
    await show({
      failed: known([trace({ traceId: 'ffff' }), trace({ traceId: 'eeee' })]),
      failedComplete,
    });
    const section = await panel();
    await userEvent.click(within(section).getByLabelText('Traces'));
    await userEvent.click(screen.getByRole('option', { name: 'Failed' }));
    await within(section).findByRole('button', { name: /…ffff of/ });
    expect(
      within(section).queryAllByText(
        'These are the newest 2 that failed; there may be more.',
      ),
    ).toHaveLength(times);
  },
);

it('chooses the failed ones and the window', async () => {
  const ask = await show({
    failed: known([trace({ traceId: 'ffff', serviceDurationMs: 40 })]),
  });
  const section = await panel();
  await userEvent.click(within(section).getByLabelText('Traces'));
  await userEvent.click(screen.getByRole('option', { name: 'Failed' }));
  expect(
    await within(section).findByRole('button', { name: /…ffff of 40 ms/ }),
  ).toBeVisible();
  await userEvent.click(within(section).getByLabelText('Window'));
  await userEvent.click(screen.getByRole('option', { name: '6 hours' }));
  expect(ask).toHaveBeenLastCalledWith(
    expect.anything(),
    { window: '6h', model: 'swift-chat-3.5' },
    expect.anything(),
  );
});

it.each<[string, Partial<Traces>, RegExp]>([
  [
    'nothing was slower',
    { slowest: known([]) },
    /No sampled trace of the last 1 hour was slower than 2 sec/,
  ],
  [
    'no tracing is configured',
    { slowest: unknown('not-configured', 'Set tracing.url.') },
    /not configured\. Set tracing\.url\..*traceUrl/,
  ],
  [
    'Jaeger refuses',
    { slowest: unknown('forbidden', 'Check tracing.auth.') },
    /refused the portal’s credentials\. Check tracing\.auth/,
  ],
  [
    'Jaeger knows no such service',
    { slowest: unknown('not-exported', 'It knows 3 services.') },
    /It knows 3 services/,
  ],
  [
    'there are more than were looked through',
    { complete: false },
    /slowest of the newest 100/,
  ],
])('says so where %s', async (_, change, text) => {
  await show(change);
  const section = await panel();
  await within(section)
    .findByText((__, element) =>
      Boolean(element === section && text.test(element.textContent ?? '')),
    )
    .catch(() => undefined);
  expect(section).toHaveTextContent(text);
});

it('says what to do where the backend does not answer, and leaves the objectives alone', async () => {
  await show({}, async () => {
    throw new TypeError('Failed to fetch');
  });
  expect(await panel()).toHaveTextContent('Traces');
  expect(
    await screen.findByRole('heading', { name: /backend does not answer/ }),
  ).toBeVisible();
  expect(
    screen.getByRole('region', { name: 'swift-chat-3.5: Latency' }),
  ).toBeVisible();
});
