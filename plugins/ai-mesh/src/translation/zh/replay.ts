import type { replay as english } from '../en/replay';

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
  'replay.noMarks': '此时段内，相邻服务没有故障，也没有灰度步骤。',
  'replay.noCanaries': '无法得知此时段内灰度发布的情况。',
  'replay.unmeasured': '此时刻没有任何测量值，因此无从得知当时的情况。',
  'replay.omitted_one':
    '另有 {{count}} 个服务未显示：较小的深度会显示较少的服务。',
  'replay.omitted_other':
    '另有 {{count}} 个服务未显示：较小的深度会显示较少的服务。',
  'replay.mark.measured': '开始有测量值',
  'replay.mark.unmeasured': '不再有测量值',
  'replay.mark.began': '故障始于 {{names}}',
  'replay.mark.ended': '{{names}} 恢复正常',
  'replay.mark.canaryState': '灰度 {{version}}：{{state}}',
  'replay.mark.canaryWeight': '灰度 {{version}}：{{percent}} %',
};
