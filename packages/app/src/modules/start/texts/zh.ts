import type { en } from './en';

/** The demo's start page in Simplified Chinese. */
export const zh: Record<keyof typeof en, string> = {
  'start.title': 'AI Mesh 演示',
  'start.subtitle': 'AI 系统的服务网格，就在其所有者工作的地方',
  'start.youAre': '当前用户',
  'start.around': '四处看看',
  'start.happen': '让一些事情发生',
  'start.happenBelow': '模拟网格的场景。每个场景都会结束前一个。',
  'start.scenes': '场景',
  'start.away': '模拟网格没有响应',
  'start.look': '查看',

  'screen.fleet': '所有服务',
  'screen.fleet.does': '现在哪些服务有问题，问题从哪里开始。',
  'screen.topology': '谁在调用聊天服务',
  'screen.topology.does': '调用多少、多慢、多少失败、是否加密。',
  'screen.canary': '它的金丝雀',
  'screen.canary.does': '以 Olivia 的身份请求一个，由 Amir 批准。',
  'screen.slos': '它的承诺，按模型',
  'screen.slos.does': '成功率、延迟、token、费用以及每个预算的剩余。',
  'screen.security': '谁会在 STRICT 下中断',
  'screen.security.does': '配置了什么，实际又发生了什么。',
  'screen.review': '哪些配置不当',
  'screen.review.does': '所有服务中对 AI 流量而言有误之处，并给出修复方法。',

  'happens.good-canary': '经请求并批准的金丝雀逐步到达 100%。',
  'happens.bad-canary': '进行中的金丝雀在第一步之内被收回。',
  'happens.worse-answers': '没有请求失败，而质量门限收回了金丝雀。',
  'happens.ill-service':
    '进行中的金丝雀停留：有问题的是服务，而不是金丝雀版本。',
  'happens.slow-provider': '三分钟之内指出源头是提供商，以及谁受其影响。',
  'happens.twelve-times': '速率在五分钟内上升；没有任何内容被称为故障。',
  'happens.plaintext-stops': '会在 STRICT 下中断的调用方从列表中消失。',
  'happens.strict-applied': '该服务由“部分明文”变为“严格”，没有人被拒绝。',
  'happens.weights-edited':
    '进行中的金丝雀因漂移而暂停，直到有人决定以谁的权重为准。',
  'happens.finding-mended':
    '一分钟之内“重试不会重复计费”得到满足，趋势随之变化。',
  'happens.certificate-nearly-expired': '列出即将到期的证书及其剩余时间。',
  'happens.configuration-rejected': '审查结果指出哪些代理拒绝其配置。',
  'happens.prometheus-away': '数值变为未知，页面说明原因。',
  'happens.kiali-away': '标明该数据来源没有响应；数值保持不变。',
  'happens.api-server-restarts': '在此期间页面上没有内容丢失。',
  'happens.waypoint-away': '说明由 waypoint 执行的策略不起作用。',
  'happens.waypoint-down':
    '一分钟之内，其后的服务显示为故障，并被指为故障的源头。',
  'happens.waypoint-refuses':
    '在一分钟内没有任何调用成功之后，其后的服务显示为故障。',
  'happens.bad-canary-for-east':
    '进行中的金丝雀被收回；若它同时在两个集群进行，西部的也被收回。',
  'happens.bad-canary-for-west':
    '东部进行中的金丝雀因只有西部才能看到的调用方而被收回。',
  'happens.east-west-gateway-away': '西部对东部的调用失败，由其调用方报告。',
  'happens.west-away': '概览说明哪个集群没有响应；数值保持不变。',
  'happens.west-prometheus-away': '西部的数值变为未知；东部的保持不变。',

  'scene.normal': '恢复正常：所有场景和故障结束',
  'scene.good-canary': '聊天服务的版本 2 健康，且与版本 1 一样快',
  'scene.bad-canary': '聊天服务的版本 2 有 15% 的响应出错',
  'scene.worse-answers': '聊天服务的版本 2 技术上正常，得到的差评却是两倍',
  'scene.ill-service': '聊天服务的两个版本各有 20% 的响应出错',
  'scene.bad-pool': '第二个池的模型服务器对 25% 的请求返回错误',
  'scene.slow-provider':
    '快速模型的提供商耗时变为十二倍，且十分之一失败；调用方受到影响',
  'scene.twelve-times': '十二倍的流量',
  'scene.plaintext-stops': '以明文调用的批处理作业停止',
  'scene.strict-applied':
    '以明文调用的批处理作业停止，并且有人在 AI 服务的命名空间中把双向 TLS 设为严格',
  'scene.weights-edited': '有人手动编辑聊天服务的路由：30% 的流量到版本 2',
  'scene.finding-mended': '有人在聊天服务的路由中修复了会重复计费的重试',
  'scene.certificate-nearly-expired':
    '聊天服务版本 2 的证书还剩 40 分钟，根证书还剩 20 天',
  'scene.configuration-rejected':
    '聊天服务版本 2 的代理拒绝其监听器，并保留原有配置',
  'scene.prometheus-away': 'Prometheus 在路径 /prometheus 上没有响应',
  'scene.kiali-away': 'Kiali 没有响应',
  'scene.api-server-restarts': 'API server 重新启动，两秒内拒绝一切请求',
  'scene.waypoint-away':
    'AI 服务的 waypoint 被删除：ztunnel 把调用直接发往 Pod，路由和 waypoint 的策略不起作用',
  'scene.waypoint-down':
    'AI 服务的 waypoint 没有 Pod：ztunnel 要发往它的调用无法连接，也没有指标统计这些调用',
  'scene.waypoint-refuses':
    'AI 服务的 waypoint 的 Pod 已就绪，却不接受任何连接：ztunnel 把发往它的调用计为失败的连接',
  'scene.bad-canary-for-east':
    '东部聊天服务的版本 2 对来自东部的调用有 60% 出错，对西部的正常',
  'scene.bad-canary-for-west':
    '东部聊天服务的版本 2 对来自西部的调用有 60% 出错，对东部的正常',
  'scene.east-west-gateway-away':
    '东部的东西向网关没有就绪的 Pod：西部对它的调用无法连接',
  'scene.west-away': '西部的 API server 没有响应；其 Pod 继续运行',
  'scene.west-prometheus-away': '西部的 Prometheus 在 /prometheus 上没有响应',
};

// Backstage's lazy translations are read from the default export.
export default zh;
