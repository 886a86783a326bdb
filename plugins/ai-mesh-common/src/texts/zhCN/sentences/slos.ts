import type { sloTextsEn } from '../../../words/texts/slosEn';

/** Why something that is promised of a model cannot be told, in Simplified Chinese. */
export const sloTextsZhCN: Record<keyof typeof sloTextsEn, string> = {
  'slo.nothingRecorded':
    '记录规则在该时间窗口内没有计到事件，或没有可区分其中哪些良好的数据。',
  'slo.noEvents': '时间窗口内没有任何序列记录事件。',
  'slo.noRequests': '最近几分钟没有请求。',
  'slo.burns.page':
    '它的目标“{{objective}}”（{{target}}）消耗错误预算太快，已触发紧急告警。',
  'slo.burns.ticket':
    '它的目标“{{objective}}”（{{target}}）消耗错误预算快于允许的速度。',
  'slo.noModel': '该实体没有任何模型的序列。',
  'slo.nothingFound': '在任何集群上都没有找到。',
  'slo.shortPeriod': '周期短于一小时。',
  'slo.fewCharts': '目标太多，只有前 {{most}} 个有图表。',
  'slo.ofCluster': '集群“{{cluster}}”：',
  'slo.sharedPrometheus':
    '它与“{{cluster}}”读取同一个 Prometheus，而用于计数的序列没有写明集群：请给每个集群设置能区分其序列的 extraLabels。',
  'slo.noPrice':
    '没有配置模型“{{model}}”的价格：请把它加到 aiMesh.slo.prices。',
  'slo.currencies': '它以多种货币计费（{{currencies}}），无法相加。',
  'metrics.notAnswered':
    '集群“{{cluster}}”的 Prometheus 尚未回答：回答后即显示其数值。',
  'metrics.hourNotAnswered':
    '集群“{{cluster}}”的 Prometheus 尚未回答过去一小时的情况。',
  'metrics.receivedNotYet':
    '尚未向集群“{{cluster}}”的 Prometheus 查询此命名空间的服务收到的流量。',
  'metrics.noReporter':
    '这些序列缺少标签 reporter：无法区分两个代理对同一请求的上报与两个请求。是否有 Telemetry 通过 tagOverrides 去掉了它？',
  'slo.istioSilent':
    '{{dialect}} 自身不统计失败，Istio 也没有发往该服务的请求序列。',
  'slo.sharedWorkload':
    '{{dialect}} 不统计失败，而 Istio 的指标只写明运行多个模型的工作负载。',
  'slo.noFailureLabel': '{{metric}} 的序列缺少能说明失败的标签 {{label}}。',
  'slo.onlyTotal': '方言 {{dialect}} 不区分输入与输出。',
  'slo.notInDialect': '方言 {{dialect}} 没有这一项。',
  'slo.noSeries': '没有该模型的 {{metric}} 序列：需要由{{exporter}}导出。',
  'slo.unlessSilenced': '若以 {{flag}} 启动，则不会导出。',
  'slo.noHistogram':
    '既没有直方图，也没有百分位数：需要由{{exporter}}导出 {{metric}}。',
  'slo.onlyPercentiles':
    '只导出了各个进程自己的百分位数，无法由此得知有多少回答足够快：需要由{{exporter}}把 {{metric}} 导出为直方图。',
  'slo.switchOn': '对应的设置：{{line}}',
  'slo.otherPercentiles': 'Pod 只导出百分位数 {{quantiles}}。',
  'slo.beyondBuckets':
    '直方图的最高边界是 {{bound}}：无法得知有多少快于 {{threshold}}。',
  'slo.bucketLacks':
    '直方图没有边界为 {{bound}} 的桶：无法得知有多少回答足够快。',
  'slo.goodBucketLacks': '有事件，但直方图没有 {{query}} 所用边界的桶。',
  'slo.goodMatchesNothing':
    '有事件，但没有序列匹配 {{query}}：无法得知其中哪些是好的。',
  'slo.dear':
    'SLO“{{objective}}”读取 {{count}} 个序列，而最多只查询 {{most}} 个（aiMesh.slo.limits.series）：请缩小其查询范围，或用规则预先记录。',
  'slo.uncounted':
    '无法统计 SLO“{{objective}}”读取多少个序列，因此不执行其查询：',
  'slo.noCount': 'Prometheus 的回答不是序列的数目。',
  'exporter.application': '应用程序',
  'exporter.model-server': '模型服务器',
  'exporter.gateway': '模型服务器或其网关',
  'exporter.endpoint-picker': '端点选择器',
};
