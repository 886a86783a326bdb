import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './__testUtils__/inNode';

/** What each thing is called in Chinese, and what it would be called by who does not know: two words are two things to a reader. */
const terms: Record<string, { term: string; not: readonly string[] }> = {
  level: { term: '等级', not: ['级别'] },
  severity: { term: '严重程度', not: ['严重度', '严重性'] },
  scorecard: { term: '记分卡', not: ['评分卡', '计分卡'] },
  'error budget': { term: '错误预算', not: ['误差预算'] },
  'burn rate': { term: '消耗速率', not: ['燃烧', '燃尽'] },
  namespace: { term: '命名空间', not: ['名称空间', '名字空间'] },
  'circuit breaker': { term: '熔断器', not: ['断路器'] },
  latency: { term: '延迟', not: ['时延'] },
  'to approve': { term: '批准', not: ['审批'] },
  dashboard: { term: '仪表板', not: ['仪表盘', '看板'] },
  sidecar: { term: 'sidecar', not: ['边车', '侧车'] },
  credentials: { term: '凭据', not: ['凭证'] },
  metric: { term: '指标', not: ['度量'] },
  token: { term: 'token', not: ['词元'] },
  'pull request': { term: '拉取请求', not: ['pull request', '合并请求'] },
  review: { term: '审查', not: ['评审'] },
  gate: { term: '门限', not: ['门禁'] },
  provider: { term: '提供商', not: ['提供方', '供应方', '供应商'] },
  account: { term: '账号', not: ['账户'] },
  ejected: { term: '驱逐', not: ['剔除'] },
  requester: { term: '请求者', not: ['申请'] },
  tab: { term: '标签页', not: ['选项卡'] },
  'partly plaintext': { term: '部分明文', not: ["'混合'", '混合变为'] },
  you: { term: '您', not: ['你'] },
};

const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name));

const files = [
  ...filesIn('plugins/ai-mesh-common/src/texts/zhCN'),
  'packages/app/src/modules/start/texts/zh.ts',
  'README.zh-CN.md',
  'docs/canary.zh-CN.md',
];
const texts = files.map(file => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}));

describe.each(Object.entries(terms))('in Chinese, %s', (_, { term, not }) => {
  it(`is called ${term}`, () => {
    expect(texts.some(({ text }) => text.includes(term))).toBe(true);
  });

  it.each(not)('is nowhere called %s', word => {
    const lines = texts.flatMap(({ file, text }) =>
      text
        .split('\n')
        .filter(line => line.includes(word))
        .map(line => `${file}: ${line.trim()}`),
    );
    expect(lines).toEqual([]);
  });
});

it('no text in Chinese has the punctuation of English beside a character', () => {
  const lines = texts
    .filter(({ file }) => file.endsWith('.ts'))
    .flatMap(({ file, text }) =>
      text
        .split('\n')
        .filter(line =>
          /\p{Script=Han}[;,:!?]|[;,]\s*\p{Script=Han}|: '[;:,]\s*'/u.test(
            line,
          ),
        )
        .map(line => `${file}: ${line.trim()}`),
    );
  expect(lines).toEqual([]);
});
