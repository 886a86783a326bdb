import type { compare as english } from '../../../screens/en/compare';

/** 拓扑的两个时刻并列比较。 */
export const compare: Record<keyof typeof english, string> = {
  'compare.label': '与之比较',
  'compare.with.nothing': '不比较',
  'compare.with.hour': '一小时前',
  'compare.with.day': '一天前',
  'compare.with.date': '指定时间',
  'compare.with.step': '金丝雀步骤',
  'compare.with.versions': '另一版本',
  'compare.versions.first': '版本',
  'compare.versions.second': '对照',
  'compare.versions.unnamed': '未命名',
  'compare.versions.none': '这里没有由两个版本应答的调用。',
  'compare.versions.summary':
    '{{calls}} 个调用中有 {{changed}} 个在 {{second}} 与 {{first}} 之间的差异超出偶然范围。',
  'compare.versions.nothing':
    '{{second}} 与 {{first}} 之间，没有调用的差异超出偶然范围。',
  'compare.versions.unknown':
    '无法得知 {{second}} 与 {{first}} 之间的差异：没有任何调用同时具有两者的数据。',
  'compare.versions.errors.more':
    '从 {{source}} 到 {{target}} 的调用在 {{second}} 上失败更多：{{after}}；在 {{first}} 上为 {{before}}。',
  'compare.versions.errors.less':
    '从 {{source}} 到 {{target}} 的调用在 {{second}} 上失败更少：{{after}}；在 {{first}} 上为 {{before}}。',
  'compare.versions.p95.more':
    '从 {{source}} 到 {{target}} 的调用在 {{second}} 上更慢（p95）：{{after}}；在 {{first}} 上为 {{before}}。',
  'compare.versions.p95.less':
    '从 {{source}} 到 {{target}} 的调用在 {{second}} 上更快（p95）：{{after}}；在 {{first}} 上为 {{before}}。',
  'compare.step.label': '步骤',
  'compare.step.choose': '选择步骤',
  'compare.step.one': '{{time}}：{{version}} 占 {{percent}}%',
  'compare.step.none': '最近 30 天内没有金丝雀步骤。',
  'compare.step.unknown': '无法得知金丝雀走了哪些步骤。',
  'compare.time': '比较的时刻',
  'compare.turn.worse': '变差',
  'compare.turn.better': '变好',
  'compare.turn.new': '新调用',
  'compare.turn.gone': '已消失',
  'compare.turn.moved': '流量变化',
  'compare.turn.same': '无变化',
  'compare.turn.unknown': '未知',
  'compare.summary':
    '{{then}} 与 {{now}} 之间，{{calls}} 个调用中有 {{changed}} 个的变化超出偶然范围。',
  'compare.unknown_one': '另有 {{count}} 个调用无法比较。',
  'compare.unknown_other': '另有 {{count}} 个调用无法比较。',
  'compare.most.unknown':
    '无法得知 {{then}} 与 {{now}} 之间有何变化：没有任何调用同时具有两个时刻的数据。',
  'compare.most.nothing':
    '{{then}} 与 {{now}} 之间，没有调用的变化超出偶然范围。',
  'compare.most.new':
    '自 {{then}} 起出现了此前未见的从 {{source}} 到 {{target}} 的调用。',
  'compare.most.gone':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用已消失。',
  'compare.most.errors.more':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用失败率是原来的 {{times}} 倍：{{after}}，原为 {{before}}。',
  'compare.most.errors.morePlain':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用出现失败：{{after}}，原为 {{before}}。',
  'compare.most.errors.less':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用失败率降到原来的 1/{{times}}：{{after}}，原为 {{before}}。',
  'compare.most.errors.lessPlain':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用不再失败：{{after}}，原为 {{before}}。',
  'compare.most.p95.more':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用耗时（p95）是原来的 {{times}} 倍：{{after}}，原为 {{before}}。',
  'compare.most.p95.morePlain':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用变慢（p95）：{{after}}，原为 {{before}}。',
  'compare.most.p95.less':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用速度（p95）是原来的 {{times}} 倍：{{after}}，原为 {{before}}。',
  'compare.most.p95.lessPlain':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用变快（p95）：{{after}}，原为 {{before}}。',
  'compare.most.rate.more':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用量是原来的 {{times}} 倍：{{after}}，原为 {{before}}。',
  'compare.most.rate.morePlain':
    '自 {{then}} 起，出现从 {{source}} 到 {{target}} 的调用：{{after}}，原为 {{before}}。',
  'compare.most.rate.less':
    '自 {{then}} 起，从 {{source}} 到 {{target}} 的调用量降到原来的 1/{{times}}：{{after}}，原为 {{before}}。',
  'compare.most.rate.lessPlain':
    '自 {{then}} 起，不再有从 {{source}} 到 {{target}} 的调用：{{after}}，原为 {{before}}。',
  'compare.table.title': '变化最大的调用',
  'compare.table.call': '调用',
  'compare.table.change': '变化',
  'compare.table.rate': '流量，当时 → 现在',
  'compare.table.errors': '错误，当时 → 现在',
  'compare.table.p95': 'p95，当时 → 现在',
};
