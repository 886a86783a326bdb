/** The words of one ready-made check. @public */
export interface CheckText {
  title: string;
  /** Why it matters for AI traffic. */
  why: string;
  /** What to do where it fails, in one sentence. */
  todo: string;
}

/** The ready-made checks for AI services. @public */
export const readyMadeCheckIds = [
  'mtls',
  'authorization',
  'retries',
  'timeouts',
  'breaker',
  'slo',
  'model-tag',
  'certificates',
  'canary',
  'findings',
] as const;

/** @public */
export type ReadyMadeCheckId = (typeof readyMadeCheckIds)[number];

/** The words of the ready-made checks, by language. @public */
export const checkTexts: Readonly<
  Record<'en' | 'zh', Readonly<Record<ReadyMadeCheckId, CheckText>>>
> = {
  en: {
    mtls: {
      title: 'mTLS is STRICT or ready for it',
      why: 'Prompts and answers hold what customers write: in plaintext anybody on the way reads them.',
      todo: 'Apply the manifest that Security shows; where callers block it, give those a proxy first.',
    },
    authorization: {
      title: 'Authorization is present and effective',
      why: 'Whoever reaches a model spends money in its name.',
      todo: 'Write an AuthorizationPolicy that names the callers, and mend those without effect.',
    },
    retries: {
      title: 'Retries are not billed twice',
      why: 'A model that has answered is paid for, whether the answer arrives or not.',
      todo: 'Retry on connect-failure,refused-stream only, as the fix in Review does.',
    },
    timeouts: {
      title: 'Timeouts fit the p99',
      why: 'Without a timeout a model that hangs holds its callers; one that is too short cuts off answers that are paid for.',
      todo: 'Set a timeout above the p99 on every route.',
    },
    breaker: {
      title: 'The circuit breaker can open',
      why: 'Outlier detection that never fires lets a broken model take every caller with it.',
      todo: 'Set outlier detection whose every rule can fire, as the fix in Review does.',
    },
    slo: {
      title: 'SLO defined, and budget left',
      why: 'What nobody promised cannot be kept; a spent budget says that it is not.',
      todo: 'Write an OpenSLO document and name it in ai-mesh.io/slos; where the budget is spent, look which model spends it.',
    },
    'model-tag': {
      title: 'Traces name the model',
      why: 'A slow trace without its model says nothing of who is slow.',
      todo: 'Add a custom tag with the model to the Telemetry, as the fix in Review does.',
    },
    certificates: {
      title: 'Certificates are renewed',
      why: 'A certificate lives for a day: once renewal stops, every call fails with it.',
      todo: 'Look in Security at the workload whose certificate does not move on, and restart its pods.',
    },
    canary: {
      title: 'A canary with a quality gate in 90 days',
      why: 'A new model can be fast, without errors and wrong: only quality gates see that.',
      todo: 'Roll the next version out by a canary, with a quality gate in its plan.',
    },
    findings: {
      title: 'No high findings',
      why: 'A high finding is something broken, unprotected or paid for twice.',
      todo: 'Apply the fixes in Review, worst first.',
    },
  },
  zh: {
    mtls: {
      title: 'mTLS 为 STRICT 或可以切换',
      why: '提示词和回答包含客户写下的内容:明文传输时,路径上的任何人都能读到。',
      todo: '应用“安全”中显示的清单;若有调用方阻碍,先为其配置代理。',
    },
    authorization: {
      title: '授权存在且有效',
      why: '谁能访问模型,谁就能以它的名义花钱。',
      todo: '编写指明调用方的 AuthorizationPolicy,并修复不起作用的策略。',
    },
    retries: {
      title: '重试不会重复计费',
      why: '模型一旦回答就会计费,无论回答是否送达。',
      todo: '只在 connect-failure,refused-stream 时重试,如“审查”中的修复所示。',
    },
    timeouts: {
      title: '超时与 p99 相符',
      why: '没有超时,挂起的模型会拖住调用方;超时太短,会截断已付费的回答。',
      todo: '为每条路由设置高于 p99 的超时。',
    },
    breaker: {
      title: '熔断器能够打开',
      why: '永不触发的异常检测会让损坏的模型拖垮所有调用方。',
      todo: '设置每条规则都能触发的异常检测,如“审查”中的修复所示。',
    },
    slo: {
      title: '已定义 SLO 且预算有余',
      why: '没有承诺就谈不上兑现;预算耗尽说明承诺没有兑现。',
      todo: '编写 OpenSLO 文档并在 ai-mesh.io/slos 中指明;若预算耗尽,查看是哪个模型所致。',
    },
    'model-tag': {
      title: '追踪指明模型',
      why: '不带模型名的慢追踪说明不了谁慢。',
      todo: '在 Telemetry 中添加带模型名的自定义标签,如“审查”中的修复所示。',
    },
    certificates: {
      title: '证书正在续期',
      why: '证书有效期只有一天:续期一旦停止,所有调用都会失败。',
      todo: '在“安全”中查看到期时间不再推进的工作负载,并重启其 Pod。',
    },
    canary: {
      title: '90 天内有带质量门禁的金丝雀',
      why: '新模型可能又快又无错误,却是错的:只有质量门禁能看出来。',
      todo: '通过金丝雀发布下一个版本,并在计划中加入质量门禁。',
    },
    findings: {
      title: '没有高级别发现',
      why: '高级别发现意味着有东西已损坏、未受保护或被重复付费。',
      todo: '在“审查”中应用修复,从最严重的开始。',
    },
  },
};

/** The levels of a portal that configures none, lowest first. @public */
export const defaultLevels: readonly { id: string; title: string }[] = [
  { id: 'bronze', title: 'Bronze' },
  { id: 'silver', title: 'Silver' },
  { id: 'gold', title: 'Gold' },
];
