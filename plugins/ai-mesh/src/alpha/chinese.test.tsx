import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { discoveryApiRef, fetchApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { fireEvent, screen, within } from '@testing-library/react';
import {
  answerLikeBackend,
  canaryDetails,
  check,
  demoCanaries,
  deployment,
  entity,
  gate,
  outlook,
  preflight,
  transitions,
  weights,
} from '../__testUtils__';
import { aiMeshCanaryApiRef } from '../api';
import aiMeshPlugin from '.';

const PAGE = '/catalog/default/component/ai-chat-service/ai-mesh';

/** As a backend says them, with the words for other languages. */
const failed = wording(
  'share.beforeHalf',
  { share: '1.5%', requests: 420, points: 1 },
  {
    found: 'share.found',
    noun: 'noun.requests',
    verb: 'verb.failed',
    margin: 'point.one',
  },
);
const held = check({
  verdict: {
    outcome: 'hold',
    reason: 'between-thresholds',
    ...said(wording('gate.own', {}, { gate: 'gate.error-rate' }), failed),
  },
  gates: [
    gate({
      outcome: 'hold',
      ...said(failed),
      bounds: {
        ...gate().bounds,
        rollBackWords: wording('when.shareRollBack', { bound: '5%' }),
        advanceWords: wording('when.shareAdvance', { bound: '1%' }),
      },
    }),
  ],
});
const checks = [
  {
    code: 'gitops' as const,
    outcome: 'warns' as const,
    ...said(wording('gitops.argo', { object: 'VirtualService ai/chat' })),
  },
  {
    code: 'route' as const,
    outcome: 'ok' as const,
    ...said(
      wording('route.used', {
        rule: 'http[2]',
        object: 'VirtualService ai/chat',
      }),
    ),
  },
];

function show(path: string, change: Parameters<typeof canaryDetails>[0] = {}) {
  const { message, words } = held.verdict;
  const details = canaryDetails({
    reason: '更快的模型',
    check: held,
    hold: {
      reason: 'between-thresholds',
      message,
      words,
      since: held.at,
    },
    preflight: preflight({ checks }),
    transitions: [
      { ...transitions[0], reason: '更快的模型' },
      {
        ...transitions[3],
        to: 'rollingBack',
        what: 'breach',
        reason: message,
        evidence: held,
      },
    ],
    ...change,
  });
  renderTestApp({
    config: {
      backend: { baseUrl: 'http://localhost:7007' },
      app: {
        baseUrl: 'http://localhost:3000',
        extensions: [
          {
            'api:app/app-language': {
              config: {
                availableLanguages: ['en', 'zh'],
                defaultLanguage: 'zh',
              },
            },
          },
        ],
      },
    },
    features: [catalogPlugin, aiMeshPlugin],
    initialRouteEntries: [`${PAGE}${path}`],
    apis: [
      [catalogApiRef, catalogApiMock({ entities: [entity] })],
      [fetchApiRef, { fetch: answerLikeBackend }],
      [discoveryApiRef, mockApis.discovery()],
      [
        aiMeshCanaryApiRef,
        demoCanaries({
          canaries: jest.fn().mockResolvedValue({ canaries: [details] }),
          canary: jest.fn().mockResolvedValue(details),
          previewCanary: jest.fn().mockResolvedValue(
            preflight({
              checks,
              outlook: { status: 'known', value: outlook() },
            }),
          ),
        }),
      ],
    ],
  });
}

/** What a reader sees, without what is code. */
function seen(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  copy.querySelectorAll('code, pre').forEach(code => code.remove());
  return copy.textContent ?? '';
}

/** Three words of Latin letters that no name is made of. */
const SENTENCE = /\b[A-Za-z]{2,}(?:,? [a-z]{2,}){2,}/;

/** A whole portal and a screen that is loaded when it is asked for. */
const PATIENTLY = { timeout: 60_000 };

beforeEach(() => localStorage.clear());

it('says a canary’s verdict, gates, bounds, history and preflight in Chinese', async () => {
  show('/canary/c-1');
  await screen.findAllByText('高于 5%，且高于稳定版本', {}, PATIENTLY);
  const live = document.querySelector('article')!;
  expect(live).toHaveTextContent(
    '420 个请求中有 1.5% 失败：在得到超过一半的流量之前，必须确定它不比稳定版本差超过 1 个百分点。',
  );
  expect(live).toHaveTextContent('错误率：420 个请求中有 1.5% 失败');
  expect(seen(live)).not.toMatch(SENTENCE);
});

const cleanUp = {
  status: 'offered' as const,
  workloads: [deployment],
};
const drift = {
  message: held.verdict.message,
  words: held.verdict.words,
  expected: weights(25),
  found: weights(45),
  choices: ['adoptDrift' as const, 'restoreDrift' as const],
};

it.each<[string, Parameters<typeof canaryDetails>[0]]>([
  ['批准', { state: 'requested', actions: ['approve'] }],
  ['拒绝', { state: 'requested', actions: ['reject'] }],
  ['取消请求', { state: 'requested', actions: ['cancel'] }],
  ['确认步骤', { actions: ['confirmStep'] }],
  ['立即前进', { actions: ['advance'] }],
  ['立即回滚', { actions: ['rollBack'] }],
  ['采纳现状', { state: 'paused', actions: ['adoptDrift'], drift }],
  ['恢复金丝雀的权重', { state: 'paused', actions: ['restoreDrift'], drift }],
  ['缩减旧版本', { state: 'promoted', actions: ['cleanUp'], cleanUp }],
  [
    '重新扩容',
    {
      state: 'promoted',
      actions: ['undoCleanUp'],
      cleanUp: {
        ...cleanUp,
        status: 'done',
        reversibleUntil: new Date(Date.now() + 3_600_000).toISOString(),
      },
    },
  ],
])('asks in Chinese before it is done: %s', async (action, change) => {
  show('/canary/c-1', change);
  fireEvent.click(
    await screen.findByRole('button', { name: action }, PATIENTLY),
  );
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent(/[\u4e00-\u9fff]{4}/);
  expect(seen(dialog)).not.toMatch(SENTENCE);
  expect(seen(document.querySelector('article')!)).not.toMatch(SENTENCE);
});

it('says what a request would do in Chinese, and what speaks against it', async () => {
  show('/canary/new');
  await screen.findByText(
    /VirtualService ai\/chat 由 Argo CD 管理/,
    {},
    PATIENTLY,
  );
  const form = document.querySelector('form')!;
  within(form)
    .getAllByText(/^显示/)
    .forEach(button => fireEvent.click(button));
  await within(form).findByText('将使用 VirtualService ai/chat 的 http[2]。');
  expect(seen(form)).not.toMatch(SENTENCE);
});
