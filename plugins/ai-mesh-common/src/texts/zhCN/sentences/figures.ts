import type { figureTextsEn } from '../../../words/texts/figuresEn';

/** Why a figure is unknown, in Simplified Chinese. */
export const figureTextsZhCN: Readonly<
  Record<keyof typeof figureTextsEn, string>
> = {
  'figure.noDatabase': '门户的数据库目前不可用。',
  'figure.noPrometheus': '集群「{{cluster}}」没有配置 Prometheus。',
  'figure.notWhole': 'Prometheus 的答复可能不完整：「{{text}}」',
  'figure.noneLately': '最近 {{minutes}} 分钟内没有统计到稳定版本的请求。',
  'figure.noTime': 'Prometheus 没有给出它的时间。',
  'figure.canaryNoService': '金丝雀版本不是该集群的 Service。',
  'figure.tooYoung':
    'Prometheus 还没有完整掌握此前 {{seconds}} 秒的数据：它刚启动，或曾经中断。',
  'figure.noNumber': 'Prometheus 答复的不是数字。',
  'figure.labelForFailures': '这些序列缺少能区分失败的标签 {{label}}。',
  'figure.noSuchSeries': 'Prometheus 没有这样的序列。',
  'figure.nan': 'Prometheus 答复了 NaN。',
  'figure.noEvents': 'Prometheus 答复的不是事件数。',
  'figure.neitherSeries': '两个版本都没有 {{metrics}} 的序列。',
  'figure.neitherSeriesOr':
    '两个版本都没有 {{metrics}} 的序列：无法判断是没有这类事件，还是指标用了别的名称。',
  'figure.noSeriesOf': '没有 {{metrics}} 的序列。',
  'figure.noMean': 'Prometheus 答复的不是均值。',
  'figure.nothingToMean': '没有可求均值的数据。',
  'figure.queryNoSeries': '该查询没有给出任何序列。',
  'figure.queryManySeries':
    '该查询给出了 {{count}} 个序列，而这里需要一个值：请在外面加上聚合。',
  'figure.queryNoNumber': '该查询给出的不是数字。',
  'figure.queryNoCount': '该查询给出一个值，而没有计数。',
  'figure.notRequests': '与请求无关。',
  'figure.stableGetsNone':
    '该路由没有流量分给稳定版本，因此无从得知它承载多少流量。',
  'figure.labelsFromNodes':
    '不知道 {{service}} 的哪些端点带有标签 {{labels}}：Istio 从节点和网格配置中取得它们，而门户不读取这些。',
  'figure.noPool': '没有 InferencePool {{pool}}。',
  'figure.noInfBucket': '该直方图没有 +Inf 桶，或者只有这一个桶。',
  'figure.oneForP99':
    '最近一小时只有 1 个请求，算不出 p99：至少需要 {{least}} 个。',
  'figure.fewForP99':
    '最近一小时的请求太少，算不出 p99：{{count}} 个，至少需要 {{least}} 个。',
  'figure.noRequests': '该时间窗口内没有请求。',
  'figure.noActiveRequests':
    '没有调用方代理为它导出 envoy_cluster_upstream_rq_active：请把「.*upstream_rq_active.*」加入 proxyStatsMatcher.inclusionRegexps。',
  'figure.noCallingProxy': '没有调用方代理上报请求。',
  'figure.lacksLabel': '这些序列缺少标签 {{label}}。',
  'figure.notCountedByName': 'Istio 的指标不以 {{host}} 这个名称统计请求。',
  'figure.subsetUntold':
    '指标按版本和工作负载名称区分版本，而两者都无法把子集 {{subset}} 与 {{host}} 的其他 Pod 区分开。',
  'certificate.noProxy': '没有代理就没有证书。',
  'certificate.notReported':
    '它的代理都没有上报 istio_agent_cert_expiry_seconds；在 ambient 模式下证书由 ztunnel 持有。',
  'certificate.rootNotReported':
    'istiod 没有上报 citadel_server_root_cert_expiry_timestamp：它没有被抓取，或由其他机构签发证书。',
  'certificate.nobodyConnected':
    'istiod 已被抓取，但没有代理与它相连（pilot_xds 没有序列）：没有代理能接受或拒绝配置。',
  'certificate.noControlPlane':
    '控制平面什么也没有上报（既无 pilot_xds 也无 istio_build）：它没有被抓取。',
  'mtls.nothingReported': '在回溯期内，被调用方没有上报任何请求或连接。',
  'mtls.nobodyCalled': '在回溯期内没有人调用它。',
  'mtls.onlyCallerSide':
    '只有调用方自己上报了这些调用：它们没有到达，或被调用方没有任何上报。',
  'mtls.noSecurityLabelOfCalls':
    '被调用方的上报没有在标签 {{label}} 中说明这些调用是否加密。',
  'telemetry.samplingUnset':
    '没有 Telemetry 设置它：由网格自身的配置决定；若那里也没有设置，则为 1%。',
  'figure.noPodExports': '没有 Pod 导出 {{metric}}。',
  'figure.resilience4jExport':
    '应用程序借助模块 io.github.resilience4j:resilience4j-micrometer 和 io.micrometer:micrometer-registry-prometheus 导出它。在 Spring Boot 中让 Prometheus 能够抓取它的设置：management.endpoints.web.exposure.include=health,prometheus',
  'figure.fallbackCounter':
    '没有库会统计它：应用程序需要在每次给出降级应答时自行计数。在 Micrometer 中的写法：registry.counter("ai.circuit.fallback").increment();',
  'breaker.statisticMissing':
    '没有调用方代理导出 {{metric}}。如需导出，请在调用方 Pod 的注解 proxy.istio.io/config（或网格的 defaultConfig）中加上：proxyStatsMatcher: { inclusionRegexps: ["{{regexp}}"] }',
  'breaker.ejectedUntold': '从请求看不出有多少主机被驱逐。',
  'figure.noSeries':
    '该时间窗口内 Prometheus 没有它的任何 Istio 序列。除非 Telemetry 将其关闭，或抓取时被丢弃，否则代理从第一个调用起就会导出它们。在 Telemetry 中开启它们的设置：metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: ALL_METRICS }, disabled: false }] }]',
  'figure.onlyCaller':
    '只有调用方代理上报，而它无法得知：被调用方没有会上报的代理。',
  'figure.partUntold':
    '被调用方的上报中有 {{share}} 没有在标签 {{label}} 中说明。',
  'figure.noTraffic': '该时间窗口内没有流量。',
  'figure.noRate': 'Prometheus 答复的不是速率。',
  'figure.encryptionUntold': '被调用方的上报没有在标签 {{label}} 中说明。',
  'figure.noHistogram':
    '该时间窗口内 Prometheus 没有它的 istio_request_duration_milliseconds_bucket 序列。除非 Telemetry 将其关闭，或抓取时被丢弃，否则代理会导出它们。在 Telemetry 中开启它们的设置：metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: REQUEST_DURATION }, disabled: false }] }]',
  'figure.labelWouldTell': '这些序列缺少能说明这一点的标签 {{label}}。',
  'figure.noSeriesOfHour':
    'Prometheus 没有最近一小时的 istio_requests_total 序列。除非 Telemetry 将其关闭，或抓取时被丢弃，否则代理从第一个请求起就会导出它们。在 Telemetry 中开启它们的设置：metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: REQUEST_COUNT }, disabled: false }] }]',
  'figure.onlyTcp': '这里只看到 TCP，它没有请求。',
  'figure.notOnCluster':
    '该实体不在集群「{{cluster}}」上，没有询问那里的代理。',
  'figure.beyondDepth': '它收到的流量超出了所请求的深度，或在另一个集群中。',
  'figure.onlyServices': '只有 Service 才有端点。',
  'figure.noService': '集群「{{cluster}}」没有 Service {{service}}。',
  'figure.externalName': 'ExternalName 类型的 Service 没有端点。',
  'figure.noVersionReached': '该时间窗口内没有请求到达任何版本。',
  'trace.noService': '没有找到该实体的服务。',
};
