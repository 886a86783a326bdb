import type { canaryPower as english } from '../../../screens/en/canaryPower';

export const canaryPower: Record<keyof typeof english, string> = {
  'canary.preset.title': '采用的计划',
  'canary.preset.plan': '{{steps}}，每 {{interval}}一步，置信度 {{confidence}}',
  'canary.preset.expected':
    '按今天的流量，大约需要 {{duration}}，金丝雀约处理 {{requests}}。',
  'canary.preset.notices': '{{share}} 的错误大约在 {{duration}}后被发现。',
  'canary.preset.undecided':
    '今天的流量不足以作出判定：会停在 {{weight}} 等人处理。',
  'canary.preset.own': '自定计划，见全部设置',
  'canary.form.details.show': '显示全部设置',
  'canary.form.details.hide': '收起设置',
  'canary.preflight.passed': '已通过的检查项',
  'canary.preflight.showPassed_one': '显示已通过的检查项',
  'canary.preflight.showPassed_other': '显示 {{count}} 项已通过的检查',
  'canary.preflight.hidePassed': '收起已通过的检查',
  'canary.power.title': '按今天的流量会怎样',
  'canary.power.unknown': '不知道需要多久，也不知道能发现什么',
  'canary.power.noGate': '错误率没有作为关卡，因此无法说明该计划能发现什么。',
  'canary.power.whole':
    '如果金丝雀不比稳定版本差，整个计划大约需要 {{duration}}，金丝雀约处理 {{requests}}。',
  'canary.power.failing.rolledBack':
    '如果它有 {{share}} 的请求失败，大约在 {{duration}}后（失败 {{failures}}）被发现并回滚。',
  'canary.power.failing.held':
    '如果它有 {{share}} 的请求失败，会被保持，大约 {{duration}}后停在 {{weight}}。',
  'canary.power.failing.promoted':
    '如果它有 {{share}} 的请求失败，不会被发现。',
  'canary.power.worse.rolledBack':
    '如果失败的比例比稳定版本多 {{points}} 个百分点，大约在 {{duration}}后（失败 {{failures}}）、权重 {{weight}} 时被发现。',
  'canary.power.worse.held':
    '如果失败的比例比稳定版本多 {{points}} 个百分点，会被保持，大约 {{duration}}后停在 {{weight}}。',
  'canary.power.worse.promoted':
    '如果失败的比例比稳定版本多 {{points}} 个百分点，不会被发现。',
  'canary.power.drip':
    '如果其错误率处于两个界限之间，在同一权重下约处理 {{requests}}后得出结论：权重 {{weight}} 时约需 {{duration}}。',
  'canary.power.traffic':
    '依据最近 {{back}}：该路由约有 {{rate}}，稳定版本有 {{share}} 的请求失败。',
  'canary.power.notCounted':
    '没有计入人工确认的时间，也没有计入请求头阶段超出其间隔的时间。',
  'canary.power.undecided.title': '今天的流量永远无法让该计划自行判定',
  'canary.power.undecided.body':
    '在最长保持时间 {{hold}}内，无法确认好的金丝雀是好的：大约 {{duration}}后会停在 {{weight}}，由人决定。可以延长保持时间、降低置信度、放宽余量或加大最初的步骤。',
  'canary.power.blind.title': '该计划会让更差的金丝雀晋升',
  'canary.power.blind.body':
    '以今天的流量来说它太短，或者界限太宽，发现不了差了两倍余量的金丝雀。',
};
