import type { replay as english } from '../../../screens/en/replay';

export const replay: Record<keyof typeof english, string> = {
  'replay.player': '回放',
  'replay.span': '时段',
  'replay.span.1h': '一小时',
  'replay.span.6h': '六小时',
  'replay.span.24h': '一天',
  'replay.play': '播放',
  'replay.pause': '暂停',
  'replay.back': '后退一步',
  'replay.next': '前进一步',
  'replay.moment': '时刻',
  'replay.speed': '速度',
  'replay.perSecond_one': '每秒 {{count}} 步',
  'replay.perSecond_other': '每秒 {{count}} 步',
  'replay.open': '打开此时刻',
  'replay.timeline': '整个时段：{{name}}',
  'replay.marks': '发生了什么',
  'replay.noMarks':
    '此时段内，相邻服务没有故障，没有金丝雀步骤，没有预算告警，其对象也没有变更。',
  'replay.someCanaries_one': '此时段的金丝雀中仅标出最新的一个。',
  'replay.someCanaries_other': '此时段的金丝雀中仅标出最新的 {{count}} 个。',
  'replay.noCanaries': '无法得知此时段内金丝雀的情况。',
  'replay.unmeasured': '此时刻没有任何测量值，因此无从得知当时的情况。',
  'replay.unborn':
    '服务 {{name}} 创建于 {{at}}：如果它此前另有名称，当时的请求不会显示。',
  'replay.omitted_one':
    '另有 {{count}} 个服务未显示：较小的深度会显示较少的服务。',
  'replay.omitted_other':
    '另有 {{count}} 个服务未显示：较小的深度会显示较少的服务。',
  'replay.mark.measured': '开始有测量值',
  'replay.mark.unmeasured': '不再有测量值',
  'replay.mark.began': '故障始于 {{names}}',
  'replay.mark.ended': '{{names}} 恢复正常',
  'replay.noAlerts': '无法得知此时段内是否触发过预算告警。',
  'replay.marksHelp':
    '安装了 SLO 页面的告警规则才能得知预算告警。对每个对象，Kubernetes 只保留各管理者的最后一次变更。',
  'replay.mark.alert.page': '预算告警（紧急）：{{objective}}',
  'replay.mark.alert.ticket': '预算告警（工单）：{{objective}}',
  'replay.mark.alertEnds': '预算告警结束：{{objective}}',
  'replay.mark.changed': '{{name}} 由 {{by}} 变更',
  'replay.mark.created': '{{name}} 已创建',
  'replay.mark.canaryState': '金丝雀 {{version}}：{{state}}',
  'replay.mark.canaryWeight': '金丝雀 {{version}}：{{percent}}%',
};
