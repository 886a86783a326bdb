import type { overview as english } from '../../../screens/en/overview';

export const overview: Record<keyof typeof english, string> = {
  'card.title': 'AI Mesh',
  'card.link': '打开 AI Mesh',
  'card.noCanary': '尚无',
  'card.noFindings': '没有发现',
  'overview.traffic.title': '流量',
  'overview.traffic.byCluster': '各集群的流量',
  'overview.traffic.onCluster': '{{cluster}}：{{requests}}，{{errors}} 失败',
  'overview.traffic.jump': '查看拓扑',
  'overview.traffic.routes': '查看路由',
  'overview.traffic.sentence.healthy':
    '最近 {{window}}内，{{requests}}中有 {{errors}} 失败。',
  'overview.traffic.sentence.quiet':
    '最近 {{window}}内没有人调用它，是否正常无从得知。',
  'overview.traffic.sentence.unknown': '无法得知流量：{{reason}}',
  'overview.traffic.sentence.noErrors':
    '最近 {{window}}内，{{requests}}全部成功。',
  'overview.traffic.sentence.errorsUnknown':
    '最近 {{window}}内有 {{requests}}，失败多少无从得知。',
  'overview.sparkline.name':
    '最近一小时的每秒请求数：现在 {{now}}，介于 {{low}} 与 {{high}} 之间。',
  'overview.sparkline.unknown': '没有历史数据：{{reason}}',
  'overview.sparkline.gaps': '这一小时中有 {{percent}} 没有测量值。',
  'overview.sparkline.caption': '每秒请求数，最近一小时',
  'overview.mtls.title': '双向 TLS',
  'overview.mtls.jump': '查看明文调用',
  'overview.mtls.jumpAll': '查看调用方',
  'overview.mtls.security': '查看谁可以调用，以及 STRICT 需要什么',
  'overview.mtls.sentence.encrypted': '最近 {{window}}内到达的流量全部加密。',
  'overview.mtls.sentence.none': '最近 {{window}}内到达的流量都没有加密。',
  'overview.mtls.sentence.mixed':
    '明文到达 {{plaintext}}，加密到达 {{encrypted}}。',
  'overview.mtls.sentence.unknown': '无法得知调用是否加密：{{reason}}',
  'overview.mtls.callers': '明文调用方',
  'overview.canary.title': '金丝雀',
  'overview.canary.unknown': '无法得知是否有金丝雀正在进行：{{reason}}',
  'overview.canary.none': '还没有请求过金丝雀。',
  'overview.canary.open': '打开这次金丝雀',
  'overview.canary.list': '全部金丝雀',
  'overview.canary.active_one': '全部 {{count}} 次正在进行的金丝雀',
  'overview.canary.active_other': '全部 {{count}} 次正在进行的金丝雀',
  'overview.canary.moreActive': '超过 {{count}} 次正在进行的金丝雀',
  'overview.canary.share': '{{percent}}，目标 {{target}}',
  'overview.services.title': '该实体的服务',
  'overview.services.found': '依据 {{annotation}}: {{value}} 找到',
  'overview.services.service': '服务',
  'overview.services.namespace': '命名空间',
  'overview.services.cluster': '集群',
};
