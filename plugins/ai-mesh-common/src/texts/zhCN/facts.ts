import type { FactName } from '../../facts/factDefinitions';
import type { FactText } from '../../facts/FactText';

/** The words of every fact in Simplified Chinese. @public */
export const factTextsZhCN: Readonly<Record<FactName, FactText>> = {
  mtlsStrict: {
    title: 'mTLS 为 STRICT',
    description: '每个服务的每个端口都只接受双向 TLS，且没有调用方被拒绝。',
    measured: 'PeerAuthentication 和 DestinationRule 对象。',
  },
  mtlsReady: {
    title: '已是 STRICT，或可以切换',
    description:
      '每个服务都是 STRICT，或者可以切换到 STRICT 而不拒绝任何已观测到的调用方。',
    measured:
      'PeerAuthentication 和 DestinationRule 对象，以及回看期内的调用方。',
  },
  mtlsObservedShare: {
    title: '加密流量占比',
    description: '使用双向 TLS 的请求和 TCP 连接占比，取占比最低的服务。',
    measured: '被调用侧的 istio_requests_total，在安全回看期内。',
  },
  plaintextCallers: {
    title: '明文调用方',
    description: '观测到未使用双向 TLS 的调用方数量。',
    measured: '被调用侧的 istio_requests_total，在安全回看期内。',
  },
  authorizationPolicyPresent: {
    title: '授权已生效',
    description: '每个服务都有 AuthorizationPolicy，并在请求到达之处生效。',
    measured: 'AuthorizationPolicy 对象（发现 AIM404）。',
  },
  policiesWithoutEffect: {
    title: '不起作用的策略',
    description: '全部或部分没有按其内容起作用的 AuthorizationPolicy。',
    measured: 'AuthorizationPolicy 对象及其执行者（发现 AIM407 和 AIM408）。',
  },
  certificateDaysLeftMin: {
    title: '最早到期的证书',
    description: '距离工作负载证书或根证书中最早到期者的天数。',
    measured: '代理和控制平面的证书指标。',
  },
  certificateRenewalSeen: {
    title: '证书正在续期',
    description: '已观测到每个工作负载证书的到期时间在推进。',
    measured: '代理的证书指标随时间的变化。',
  },
  ambientMode: {
    title: 'Ambient 模式',
    description: '有工作负载通过 ztunnel 加入网格，没有 sidecar。',
    measured: 'Pod 的代理和注解。',
  },
  circuitBreakerConfigured: {
    title: '已配置熔断器',
    description: '每个服务都有自己的连接池限制或异常检测。',
    measured: 'DestinationRule 对象（发现 AIM201 和 AIM204）。',
  },
  breakerCanOpen: {
    title: '熔断器能够打开',
    description: '每个服务都有异常检测，且其每条规则都能触发并驱逐端点。',
    measured: 'DestinationRule 对象和端点（发现 AIM201、AIM202 和 AIM207）。',
  },
  timeoutsConfigured: {
    title: '已配置超时',
    description: '通往服务的每条路由都有超时。',
    measured: 'VirtualService 和 HTTPRoute 对象（发现 AIM101）。',
  },
  p99OverTimeoutRatio: {
    title: 'p99 与超时之比',
    description:
      '最慢百分之一的响应时间与路由超时之比，取最差的路由：大于 1 时，正常响应会被截断。',
    measured: 'VirtualService 和 HTTPRoute 对象的超时，以及最近一小时的 p99。',
  },
  retriesSafe: {
    title: '重试是安全的',
    description: '没有路由重试可能已计费的请求、流式请求，或重试超过其超时。',
    measured: '路由（发现 AIM103、AIM104 和 AIM105）。',
  },
  retriesBilled: {
    title: '重试可能重复计费的路由',
    description: '在模型可能已经回答的失败之后仍会重试的路由数量。',
    measured: '路由（发现 AIM103）。',
  },
  findingsHigh: {
    title: '高严重程度发现',
    description: '与 reviewFindingsHigh 相同，是其较短的名称。',
    measured: '审查结果，不含被注解静默的发现。',
  },
  reviewFindingsHigh: {
    title: '审查的高严重程度发现',
    description: '有东西已损坏、未受保护或被重复付费。',
    measured: '审查结果，不含被注解静默的发现。',
  },
  reviewFindingsMedium: {
    title: '审查的中严重程度发现',
    description: '在高负载或下一次故障时会出问题。',
    measured: '审查结果，不含被注解静默的发现。',
  },
  sloDefined: {
    title: '已定义 SLO',
    description: '实体有自己的目标，而不只是门户的默认目标。',
    measured: 'ai-mesh.io/slos 指向的 OpenSLO 文档。',
  },
  sloBudgetLeftMin: {
    title: '剩余错误预算',
    description: '状况最差的目标的预算；1 表示全部，低于 0 表示已超支。',
    measured: '每个目标周期内的好事件和坏事件。',
  },
  sloBurnRateMax: {
    title: '最高消耗速率',
    description: '可持续速率的倍数，取最差告警的长窗口。',
    measured: '消耗速率告警各窗口内的好事件和坏事件。',
  },
  availability30d: {
    title: '30 天可用性',
    description: '周期为 30 天的可用性目标中，好事件占全部事件的比例。',
    measured: '这些目标的好事件和坏事件。',
  },
  latencyP99Seconds: {
    title: 'p99 延迟',
    description: '最近一小时内最慢百分之一的响应，所有调用方。',
    measured: '最近一小时的 istio_request_duration_milliseconds。',
  },
  tracingSampled: {
    title: '已采样追踪',
    description: '每个工作负载都会上报部分请求的 span。',
    measured: 'Telemetry 对象。',
  },
  modelTagOnTraces: {
    title: '追踪带有模型标签',
    description: '每个工作负载的追踪都带有模型名称。',
    measured: 'Telemetry 对象（发现 AIM501）。',
  },
  canaryLast90d: {
    title: '90 天内的金丝雀',
    description: '最近 90 天内移动过流量的金丝雀发布数量。',
    measured: '门户自身的金丝雀历史。',
  },
  canaryRollbackRate90d: {
    title: '金丝雀回滚比例',
    description: '最近 90 天内晋升或回滚的金丝雀中，被回滚的比例。',
    measured: '门户自身的金丝雀历史。',
  },
  canaryGatesQuality: {
    title: '金丝雀有质量门限',
    description: '最近一次金丝雀发布也经过了质量门限的判定。',
    measured: '最近 90 天内最新一次金丝雀的计划。',
  },
  tokensPerDay: {
    title: '每日 token 数',
    description: '按当前速率，输入与输出，所有模型。',
    measured: '模型的 token 指标。',
  },
  costPerDayEstimate: {
    title: '每日估算成本',
    description: '当前速率的 token 数乘以价格表。',
    measured: '模型的 token 指标和 aiMesh.slo.prices。',
  },
  modelsInUse: {
    title: '在用模型',
    description: '当前有上报的模型数量。',
    measured: '能指明模型名称的模型指标。',
  },
};
