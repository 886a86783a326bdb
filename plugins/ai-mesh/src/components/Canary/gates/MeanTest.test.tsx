import type { CanaryGateResult } from '@ai-mesh/plugin-ai-mesh-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { MeanTest } from './MeanTest';

const known = (value: number) => ({ status: 'known' as const, value });

const gate: CanaryGateResult = {
  gate: 'evaluation-score',
  unit: 'number',
  windowSeconds: 300,
  canary: { value: known(0.7), requests: known(400) },
  stable: { value: known(0.8), requests: known(4000) },
  bounds: {
    rollBack: known(0.72),
    advance: known(0.776),
    rollBackWhen: 'below 0.9 x stable',
    advanceWhen: 'at least 0.97 x stable',
  },
  outcome: 'hold',
  holdReason: 'between-thresholds',
  message: 'Not known yet.',
  breaches: 0,
};

function show(more: Partial<CanaryGateResult>) {
  renderInTestApp(
    <MeanTest
      name="Evaluation score"
      gate={{ ...gate, ...more }}
      versions={{ canary: 'v2', stable: 'v1' }}
    />,
  );
}

it('says that a mean was tested, where it surely is, and what evidence there is', async () => {
  show({
    judgedBy: 'test',
    meanTest: {
      canary: { values: 400, mean: 0.7, interval: { low: 0.66, high: 0.74 } },
      stable: { values: 40, mean: 0.8 },
      evidence: { beyondBound: 0.4, withinBound: -3 },
      dispersion: 3.2,
      growth: [
        { at: '2026-11-26T11:59:30.000Z', rollBack: 0.1, advance: -1 },
        { at: '2026-11-26T12:00:00.000Z', rollBack: 0.4, advance: -3 },
      ],
    },
  });
  expect(await screen.findByText(/^Judged by a test/)).toBeVisible();
  expect(
    screen.getByText('v2: 0.7, surely between 0.66 and 0.74, by 400 values.'),
  ).toBeVisible();
  expect(
    screen.getByText('v1: 40 values, too few to say where its mean surely is.'),
  ).toBeVisible();
  expect(
    screen.getByText('Evidence to roll back: 40% of what it takes.'),
  ).toBeVisible();
  expect(
    screen.getByText(
      'Evidence that it is within its bound to roll back: 0% of what it takes.',
    ),
  ).toBeVisible();
  expect(screen.getByText(/about 3 times as much as by chance/)).toBeVisible();
  expect(
    screen.getByRole('img', { name: /^Evaluation score, evidence/ }),
  ).toBeVisible();
});

it('says that a mean was judged by its bounds alone', async () => {
  show({ judgedBy: 'bounds' });
  expect(await screen.findByText(/^Judged by its bounds alone/)).toBeVisible();
});

it('says nothing of a mean that is not judged at all', async () => {
  show({ judgedBy: 'bounds', outcome: 'not-applicable' });
  expect(screen.queryByText(/^Judged by/)).not.toBeInTheDocument();
});

it('says nothing of a check that an older release recorded', async () => {
  show({});
  expect(screen.queryByText(/^Judged by/)).not.toBeInTheDocument();
});
