import type { routeTextsEn } from '../../../words/texts/routesEn';

/** How requests are routed, and what routing stumbles on, in Simplified Chinese. */
export const routeTextsZhCN: Readonly<
  Record<keyof typeof routeTextsEn, string>
> = {
  'route.path': '{{path}}',
  'route.namedRule': '{{path}}（{{rule}}）',
  'route.namedRuleOf': '{{object}} 的 {{path}}（{{rule}}）',
  'route.noGateway': '它不适用于任何网关。',
  'route.takesEvery': '{{catcher}} 在它之前接走了所有请求。',
  'route.takesIts': '{{catcher}} 接走了它本来会匹配的所有请求。',
  'route.decidesAlone': '{{object}} 有相同的主机，且只有它生效。',
  'route.leftOut': '{{path}} 被略去：',
  'route.istioLeavesOut': 'Istio 会略去这条规则。',
  'route.notReviewed': '没有审查它。',
  'route.delegateMissing': '它委托给不存在的 {{delegate}}。',
  'route.delegateWithHosts':
    '它委托给 {{delegate}}，而后者有自己的 hosts，因此不能作为委托目标。',
  'route.delegateNotExported':
    '它委托给 {{delegate}}，而后者没有导出到命名空间 {{namespace}}。',
  'route.delegateNested':
    '{{delegate}} 的 {{path}} 又委托给 {{nested}}；Istio 只跟随一层委托。',
  'route.delegateContradicts': '它的匹配条件与委托给它的{{setting}}相矛盾。',
  'route.kindUnread':
    '集群「{{cluster}}」的 {{kind}} 无法读取，因此这里可能缺少规则。',
  'route.rivals':
    '{{objects}} 都为主机 {{host}} 设置路由。Istio 不会合并它们：每个调用方只使用其中一个；面向相同调用方的，以最早的为准。',
  'route.rivalFor': '{{object}} 只面向 {{namespaces}} 中的调用方。',
  'route.otherNamespace':
    '{{route}} 把请求发往另一个命名空间（{{backends}}）：若那里没有 ReferenceGrant，请求会被拒绝。',
  'route.hidden':
    '{{sidecar}} 使{{whom}}看不到 {{host}}：其 egress 的 hosts 中没有它。它们发往那里的请求不经过这些规则。',
  'route.whomSelected': '其 workloadSelector 在 {{namespace}} 中所选的工作负载',
  'route.whomIn': ' {{namespaces}} 中的工作负载',
  'route.whomElsewhere': '没有自己的 Sidecar 的各命名空间中的工作负载',
  'route.whomInAndElsewhere':
    ' {{namespaces}} 以及没有自己的 Sidecar 的各命名空间中的工作负载',

  'policy.several':
    '{{rules}} 针对同一主机。Istio 合并它们的子集，并采用最早一个的流量策略。',
  'policy.severalIn':
    '{{rules}} 针对同一主机。对 {{namespaces}} 中的调用方，Istio 合并它们的子集，并采用最早一个的流量策略。',
  'policy.severalElsewhere':
    '{{rules}} 针对同一主机。对其他所有命名空间中的调用方，Istio 合并它们的子集，并采用最早一个的流量策略。',
  'policy.onlyFor':
    '{{rules}} 只适用于 {{namespaces}} 中的调用方，它们只使用它。',
  'policy.severalOnlyFor':
    '{{rules}} 只适用于 {{namespaces}} 中的调用方，它们只使用这些。',
  'policy.noneFor':
    '{{namespaces}} 中的调用方没有针对该主机的 DestinationRule。',
  'policy.selected':
    '{{rules}} 只适用于其 workloadSelector 在 {{namespace}} 中所选的调用方。',

  'destination.in': ' {{namespaces}} 中',
  'destination.outside': ' {{namespaces}} 之外',
  'destination.exportedToNobody': '{{host}} 没有导出给任何人（exportTo）。',
  'destination.unseen':
    '{{whom}}的调用方看不到 {{host}}：它没有导出给它们（exportTo）。',
  'destination.weightless': '该规则的权重全为 0：没有请求会到达它。',
  'destination.external': '外部主机在集群中没有端点。',
  'destination.unknownHost': '集群中没有主机 {{host}}。',
  'destination.noService': '没有 Service {{service}}。',
  'destination.notTheService':
    'Istio 不把 {{host}} 当作 Service：请写成 {{full}}。',
  'destination.noHost': '没有 Service 或 ServiceEntry 的主机为 {{host}}。',
  'destination.noSubset':
    '没有针对 {{host}} 的 DestinationRule 定义子集 {{subset}}。',
  'destination.noSubsetFor':
    '在{{whom}}的调用方可见的 DestinationRule 中，没有一个为 {{host}} 定义子集 {{subset}}。',
  'destination.noSubsetSeen':
    '在其调用方可见的 DestinationRule 中，没有一个为 {{host}} 定义子集 {{subset}}；{{rules}} 为别的调用方定义了它。',
  'destination.noSubsetSeenOfMany':
    '在其调用方可见的 DestinationRule 中，没有一个为 {{host}} 定义子集 {{subset}}；{{rules}} 为别的调用方定义了它。',
  'destination.noEndpoints': '它没有端点。',
  'destination.noEndpointsOfSubset':
    '它没有带子集 {{subset}} 的标签（{{labels}}）的端点。',
  'destination.noneReady': '它的 {{total}} 个端点都未就绪。',
  'destination.noneReadyOfSubset':
    '带子集 {{subset}} 的标签（{{labels}}）的 {{total}} 个端点都未就绪。',
  'destination.otherKind': 'Istio 不认识种类为 {{kind}} 的后端。',

  'breaker.rulesUnread': 'DestinationRule 无法读取，因此不知道是否有熔断器。',
  'breaker.atLimit': '现在已达上限：{{pools}}。',
  'breaker.wasAtLimit':
    '该时间窗口内有请求因上限被拒绝；此刻没有达到任何上限。',
  'breaker.rejected': '该时间窗口内有请求因上限被拒绝（UO）。',
  'breaker.ejected':
    '有请求在池中找不到主机（UH），而端点已就绪：主机被驱逐了。',
  'breaker.hostless':
    '有请求在池中找不到主机（UH）；无法判断主机是被驱逐还是未就绪。',
  'breaker.noneRejected': '该时间窗口内没有请求被拒绝。看不到被驱逐的主机。',
  'breaker.export':
    '调用方的代理没有导出熔断器统计。如需导出，请在调用方 Pod 的注解 proxy.istio.io/config（或网格的 defaultConfig）中加上：proxyStatsMatcher: { inclusionRegexps: [".*outlier_detection.*", ".*circuit_breakers.*", ".*upstream_rq_pending_overflow.*"] }',
  'breaker.statistics': 'Envoy 的统计：{{reason}}。',
};
