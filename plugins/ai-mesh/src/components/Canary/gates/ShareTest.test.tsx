import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { GatesTable } from './GatesTable';

const known = (value: number) => ({ status: 'known' as const, value });

const check: CanaryCheck = {
  at: '2026-11-26T12:00:00.000Z',
  windowSeconds: 300,
  verdict: { outcome: 'hold', reason: 'between-thresholds', message: '' },
  gates: [
    {
      gate: 'error-rate',
      unit: 'ratio',
      windowSeconds: 300,
      canary: { value: known(0.02), requests: known(400) },
      stable: { value: known(0.002), requests: known(4000) },
      bounds: {
        rollBack: known(0.05),
        advance: known(0.01),
        rollBackWhen: 'above 5%',
        advanceWhen: 'below 1%',
      },
      outcome: 'hold',
      holdReason: 'between-thresholds',
      message: 'Not known yet.',
      breaches: 0,
      test: {
        canary: { requests: 400, bad: 8, low: 0.006, high: 0.05 },
        stable: { requests: 4000, bad: 8, low: 0.001, high: 0.006 },
        evidence: {
          beyondBound: -1.5,
          worseThanStable: 2,
          belowBound: 0.64,
          withinMargin: 1.2,
        },
        bounds: { rollBackAbove: 0.05, advanceBelow: 0.01, margin: 0.01 },
        dispersion: 3.2,
        requestsToDecision: 540,
        secondsToDecision: 240,
        growth: [
          { at: '2026-11-26T11:59:30.000Z', rollBack: -0.2, advance: 0.3 },
          { at: '2026-11-26T12:00:00.000Z', rollBack: -1.5, advance: 0.64 },
        ],
      },
    },
  ],
};

it('draws long names and bounds that are close without one upon another', async () => {
  const [gate] = check.gates;
  renderInTestApp(
    <GatesTable
      label="Gates"
      check={{
        ...check,
        gates: [
          {
            ...gate,
            test: {
              ...gate.test!,
              bounds: {
                rollBackAbove: 0.05,
                advanceBelow: 0.048,
                margin: 0.01,
              },
            },
          },
        ],
      }}
      versions={{ canary: 'ai-chat-service-next', stable: 'ai-chat-service' }}
    />,
  );
  const picture = await screen.findByRole('img', { name: /^Error rate: ai/ });
  const texts = [...picture.querySelectorAll('text')];
  const [lower, upper] = texts.slice(0, 2);
  expect([lower, upper].map(text => text.getAttribute('text-anchor'))).toEqual([
    'end',
    'start',
  ]);
  // Twenty letters of 7 end before the first line begins.
  expect(Number(lower.getAttribute('x'))).toBeGreaterThan(20 * 7);
  expect(texts.at(-1)).toHaveTextContent('ai-chat-service');
});

describe('a test of a share of requests', () => {
  beforeEach(() => {
    renderInTestApp(
      <GatesTable
        label="Gates"
        check={check}
        versions={{ canary: 'v2', stable: 'v1' }}
      />,
    );
  });

  it('draws where both versions are, and says it', async () => {
    expect(
      await screen.findByRole('img', {
        name: /^Error rate: v2 is between 0\.6\s?% and 5\s?%, by 400 requests\. v1 is between 0\.1\s?% and 0\.6\s?%/,
      }),
    ).toBeInTheDocument();
  });

  it('draws how the evidence grew', async () => {
    expect(
      await screen.findByRole('img', {
        name: /^Error rate, evidence since the weights changed: to advance 64\s?% of what it takes, to roll back 0\s?% of what it takes$/,
      }),
    ).toBeInTheDocument();
  });

  it('says how much evidence there is, never more than there is, and what is left', async () => {
    const row = await screen.findByRole('rowgroup', { name: 'Error rate' });
    // Beyond the bound it is not, however much worse it is.
    expect(row).toHaveTextContent(
      /Evidence to roll back: 0\s?% of what it takes\./,
    );
    expect(row).toHaveTextContent(/below the bound: 64\s?% of what it takes\./);
    expect(row).toHaveTextContent(/not worse by more than 1\s?%: enough\./);
    expect(row).toHaveTextContent(
      'v2 is worse than the other version, and not by chance. Decides once the canary had about 540 requests more, in about 4 min at this traffic.',
    );
    expect(row).toHaveTextContent(/clumps, about 3 times/);
  });
});
