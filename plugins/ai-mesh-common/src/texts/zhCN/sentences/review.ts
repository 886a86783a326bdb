import type { reviewTextsEn } from '../../../words/texts/reviewEn';

/** What the review has seen, and why it could not judge, in Simplified Chinese. */
export const reviewTextsZhCN: Readonly<
  Record<keyof typeof reviewTextsEn, string>
> = {
  'review.unknown': '未知：{{reason}}。',
  'review.fixLeftOut':
    '有修复方法，但没有写出：它之前的修复已达到一次响应所能容纳的量。',
  'review.unreadInjector':
    '注入器 ConfigMap 的取值超过 {{most}} 个字符，未读取：对于没有相应标签的命名空间，是否会注入代理尚不清楚。',
  'review.unreadArguments':
    '{{containers}} 的启动参数超过 {{most}} 个字符，未读取：它是否只监听回环地址尚不清楚。',
  'review.moreRivals': '与它冲突的规则不止这 {{most}} 条。',
  'review.meshLogs':
    '没有 Telemetry 说明记录什么：由网格自身的配置决定，而此处看不到它。',
  'review.breakersUnexported':
    '没有该主机的 envoy_cluster_circuit_breakers_* 或 envoy_cluster_outlier_detection_* 序列。若要获得它们，请给调用方的 Pod 加注解：proxy.istio.io/config，其中 proxyStatsMatcher.inclusionRegexps 为 [".*outlier_detection.*", ".*circuit_breakers.*", ".*upstream_rq_pending_overflow.*"]',
  'review.rate': '{{rate, rate}} 次请求/秒',
  'review.peak': '单个代理最多同时有 {{peak, number}} 个请求在处理',
  'review.overflow': '{{rate, rate}} 次请求/秒被上限拒绝（UO）',
  'review.p99': 'p99 为 {{p99}}，在其直方图区间内插值得出',
  'review.cutOff': '{{percent}} 的请求被中断（UT）',
  'review.plaintext': '{{caller}}：{{rate, rate}} 次明文请求/秒。',
  'review.seenInPlaintext': '看到过 {{caller}} 使用明文。',
  'review.morePlaintext': '另有 {{more}} 个调用方使用明文。',
  'review.egress': '{{rate, rate}} 次请求或连接/秒，由调用方的代理上报',
};
