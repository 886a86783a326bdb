import type { trafficTextsEn } from '../../../words/texts/trafficEn';

/** How services and the calls between them do, in Simplified Chinese. */
export const trafficTextsZhCN: Readonly<
  Record<keyof typeof trafficTextsEn, string>
> = {
  clause: '{{clause}}。',
  'call.failed': '{{count, number}} 个请求中有 {{share}} 失败',
  'call.failedWith':
    '{{count, number}} 个请求中有 {{share}} 失败（{{flag}}：{{flagged}}）',
  'call.throttled': '{{count, number}} 个请求中有 {{share}} 被限流（429）',
  'call.begun':
    '最近一分钟 {{count, number}} 个请求中有 {{share}} 失败，此前为 {{before}}',
  'call.begunThrottled':
    '最近一分钟 {{count, number}} 个请求中有 {{share}} 被限流（429），此前为 {{before}}',
  'call.givenUp': '{{count, number}} 个请求中有 {{share}} 在等待时被放弃',
  'call.late':
    '它耗时 {{now, seconds}}（p95），而调用方只等待 {{patience, seconds}}',
  'call.slower':
    '它耗时 {{now, seconds}}（{{percentile}}），是{{than}} {{usual, seconds}} 的 {{times}} 倍',
  'call.slowerThanNothing':
    '它耗时 {{now, seconds}}（{{percentile}}），而{{than}}为 {{usual, seconds}}',
  'call.hour-before': '前一小时',
  'call.day-before': '前一天同一时间',
  'call.noEndpoints': '它没有端点',
  'call.endpoints': '{{total, number}} 个端点中有 {{ready}} 个就绪',
  'call.waypointDown':
    '它的 waypoint {{waypoint}} 没有就绪的 Pod，因此 ambient 网格的调用到达不了它',
  'call.waypointRefuses':
    '它的 waypoint {{waypoint}} 不接受连接：最近一分钟有 {{connections, number}} 个连接失败，最近半分钟没有任何数据通过',
  'call.refused':
    '没有人能到达它：最近一分钟有 {{connections, number}} 个到它的连接失败，最近半分钟没有任何数据通过',
  'call.slowUnseen': '它变慢了，但不知道这些调用的情况',
  'call.failsUnseen': '它失败了，但不知道这些调用的情况',
  'call.withheld':
    '{{what}}，且每秒只向它发送 {{now, rate}} 个请求，而按前一小时应为 {{usual, rate}} 个',
  'call.withheldLately':
    '{{what}}，且只向它发送了 {{now, number}} 个请求，而按此前应为 {{usual, number}} 个',
  'call.through': '{{what}}（经由遥测未知的 {{through}}）',
  'health.unknown': '错误未知：{{reason}}。',
  'health.slownessNotAsked':
    '是否变慢未知：网格太大，不查询其平时的延迟。其自身的页面会作比较。',
  'health.slownessNotKnown': '是否变慢未知。',
  'health.without': '缺少 {{clusters}} 的遥测。',
  'health.noService': '没有 Service 属于该实体，因此没有人能调用它。',
  'outage.circle': '它与 {{other}} 互相导致失败，无法判断从哪一个开始。',
  'outage.external': '它在网格之外。',
  'outage.unseen': '看不到它调用了什么：它没有代理。',
  'outage.nothing': '在网格中没有找到该实体的任何内容。',
  'traffic.noSeries':
    'Prometheus 在此窗口中没有它的 istio_requests_total 序列。',
  'traffic.noNumber': 'Prometheus 响应的不是请求数。',
  'topology.omitted':
    '另外找到 {{omitted}} 个而未显示：每个集群只显示最近和最繁忙的 {{most}} 个。较小的深度显示较少。',
  'trace.noSystem':
    '集群「{{cluster}}」没有配置链路追踪系统：请设置 aiMesh.clusters[].tracing.url。',
  'trace.knowsNone':
    '链路追踪系统还不知道任何服务。是否有 Telemetry 对象开启了追踪，是否有请求被采样？',
  'trace.noneCalled':
    '链路追踪系统知道 {{count, number}} 个服务，但没有名为 {{names}} 的。',
  'trace.noneCalledOrMore':
    '链路追踪系统知道 {{count, number}} 个服务，但没有名为 {{names}} 或另外 {{more}} 个名称的。',
  'trace.noneOfWorkload': '也没有属于工作负载 {{workload}} 的。',
  'trace.noneOfWorkloadAsked':
    '在已询问的服务中，也没有属于工作负载 {{workload}} 的：有 {{unasked}} 个因名称不同而没有询问。',
  'source.kialiBlind':
    'Kiali 不知道这里任何服务的健康状况，尽管有请求。这发生在它的集群名称与 Istio 指标中的不一致时：请把 Kiali 配置中的 kubernetes_config.cluster_name 设为标签 destination_cluster 的值。',
};
