import type { CheckText, ReadyMadeCheckId } from '../../facts/checkTexts';

/** The words of the ready-made checks in Simplified Chinese. @public */
export const checkTextsZhCN: Readonly<Record<ReadyMadeCheckId, CheckText>> = {
  mtls: {
    title: 'mTLS 为 STRICT 或可以切换',
    why: '提示词和回答包含客户写下的内容：明文传输时，路径上的任何人都能读到。',
    todo: '应用“安全”中显示的清单；若有调用方阻碍，先为其配置代理。',
  },
  authorization: {
    title: '授权存在且有效',
    why: '谁能访问模型，谁就能以它的名义花钱。',
    todo: '编写指明调用方的 AuthorizationPolicy，并修复不起作用的策略。',
  },
  retries: {
    title: '重试不会重复计费',
    why: '模型一旦回答就会计费，无论回答是否送达。',
    todo: '只在 connect-failure,refused-stream 时重试，如“审查”中的修复所示。',
  },
  timeouts: {
    title: '超时与 p99 相符',
    why: '没有超时，挂起的模型会拖住调用方；超时太短，会截断已付费的回答。',
    todo: '为每条路由设置高于 p99 的超时。',
  },
  breaker: {
    title: '熔断器能够打开',
    why: '永不触发的异常检测会让损坏的模型拖垮所有调用方。',
    todo: '设置每条规则都能触发的异常检测，如“审查”中的修复所示。',
  },
  slo: {
    title: '已定义 SLO 且预算有余',
    why: '没有承诺就谈不上兑现；预算耗尽说明承诺没有兑现。',
    todo: '编写 OpenSLO 文档并在 ai-mesh.io/slos 中指明；若预算耗尽，查看是哪个模型所致。',
  },
  'model-tag': {
    title: '追踪指明模型',
    why: '不带模型名的慢追踪说明不了谁慢。',
    todo: '在 Telemetry 中添加带模型名的自定义标签，如“审查”中的修复所示。',
  },
  certificates: {
    title: '证书正在续期',
    why: '证书有效期只有一天：续期一旦停止，所有调用都会失败。',
    todo: '在“安全”中查看到期时间不再推进的工作负载，并重启其 Pod。',
  },
  canary: {
    title: '90 天内有带质量门限的金丝雀',
    why: '新模型可能又快又无错误，却是错的：只有质量门限能看出来。',
    todo: '通过金丝雀发布下一个版本，并在计划中加入质量门限。',
  },
  findings: {
    title: '没有高严重程度发现',
    why: '高严重程度发现意味着有东西已损坏、未受保护或被重复付费。',
    todo: '在“审查”中应用修复，从最严重的开始。',
  },
};
