import type { objectiveTextsEn } from '../../../words/texts/objectivesEn';

/** What is to be known of objectives and what they are read from, in Simplified Chinese. */
export const objectiveTextsZhCN: Readonly<
  Record<keyof typeof objectiveTextsEn, string>
> = {
  'recording.outdated':
    'Prometheus 记录的是目标的旧定义：不一致之处改读原始序列。请重新下载规则。',
  'recording.read': '读取的是预先记录的序列：长窗口的查询开销很小。',
  'recording.partlyRead':
    '部分窗口已被记录，其余读取原始序列。刚安装的规则需要几分钟。',
  'recording.absent':
    '读取的是原始序列。安装记录规则后，以天计的窗口查询开销会变小。',
  'recording.nowhere': '在任何集群上都没有找到该实体的对象。',

  'dialect.wantedSilent':
    '注解 ai-mesh.io/metrics 指定了 {{dialect}}，但没有它的任何序列。',
  'dialect.wantedNone':
    '注解 ai-mesh.io/metrics 指定了“{{dialect}}”，没有这种指标方言。可用的有 {{known}}。',
  'dialect.unasked': '无法查询有哪些序列：',
  'dialect.elsewhere': '在 {{cluster}} 上的指标方言是 {{dialect}}。',
  'dialect.spellings': '它的序列使用了与文档不同的名称：{{spellings}}。',
  'dialect.spellingsIn':
    '它的序列使用了与文档不同的名称：{{spellings}}；时长按{{unit}}读取。',
  'dialect.unit.minutes': '分钟',
  'dialect.unit.seconds': '秒',
  'dialect.unit.milliseconds': '毫秒',
  'dialect.unit.microseconds': '微秒',
  'dialect.unit.nanoseconds': '纳秒',
  'dialect.unit.other': '{{unitMs}} 毫秒的单位',
  'dialect.noSeries': '最近 24 小时内没有该实体的任何已知方言的序列。',
  'dialect.quantiles':
    '百分位来自单个进程，无法相加：显示的是最差的 Pod 的值。',
  'dialect.successesOnly': '{{dialect}} 不统计失败：错误取自 Istio 的观测。',
  'dialect.successesOnly.by':
    '{{dialect}} 不统计失败：错误取自 Istio 的观测（报告者 {{reporters}}）。',
  'dialect.misses':
    '未到达 {{dialect}} 的请求不在它的错误之中，而 Istio 没有该服务的请求序列。',
  'dialect.both':
    '{{dialect}} 自己计为失败的请求是错误，Istio 在其之外观测到的、从未到达它的请求也是。',
  'dialect.onlyMesh':
    '只有网格上报：每个版本一行，延迟是整个应答的，而不是首个 token 的。',
  'dialect.onlyMesh.by':
    '只有网格上报（报告者 {{reporters}}）：每个版本一行，延迟是整个应答的，而不是首个 token 的。',

  'objective.availability': '可用性',
  'objective.latency': '延迟低于 {{underSeconds}} 秒',
  'objective.ofModel': '{{objectiveName}}（{{model}}）',

  'objective.twice': '有两个 SLO 名为“{{name}}”：只有第一个有效',
  'objective.unconfined':
    'SLO“{{name}}”没有测量：自定义查询只读取已证明属于该实体的 Service 背后的 Pod 的序列。',
  'objective.nothingBehind': '在 {{cluster}} 上看不到它们背后运行着什么。',
  'objective.noneProven':
    '在 {{cluster}} 上没有一个得到证明：见 docs/ownership.md。',
  'objective.silentModel':
    'SLO“{{name}}”针对模型“{{model}}”，而该模型在最近 24 小时内没有上报。',
  'objective.twoTypes': '比率的两个指标必须是同一类型',
  'objective.ownRatio':
    'ai-mesh 的比率写作 bad: { indicator: errors } 和 total: { indicator: requests }',
  'objective.ownTotal': 'ai-mesh 的 total 必须是 { indicator: requests }',
  'objective.fallbacks': 'fallbacks 必须是 bad 或 ignored',
  'objective.above':
    'op 必须是 lte 或 lt：直方图统计的是低于界限的，而不是高于界限的（{{op}}）',
  'objective.notPositive': 'value 必须大于 0',
  'objective.ownThreshold':
    'ai-mesh 的阈值写作 thresholdMetric: { indicator: latency }',
  'objective.unit': 'unit 必须是 seconds 或 milliseconds',
  'objective.noHistogram':
    '阈值需要直方图（以 _bucket 结尾的指标），或 ai-mesh 类型：其他值无法按事件加权',
  'objective.type':
    '指标来源的类型必须是 ai-mesh 或 prometheus，而不是“{{text}}”',
  'objective.noQuery': 'prometheus 的指标来源需要 query',

  'openslo.field.list': '{{field}} 必须是列表',
  'openslo.field.text': '{{field}} 必须是文本，例如 {{example}}',
  'openslo.field.number': '{{field}} 必须是数字，例如 {{example}}',
  'openslo.field.map': '{{field}} 必须是映射',
  'openslo.field.long': '{{field}} 有 {{count}} 个字符，最多读取 {{most}} 个',
  'openslo.bytes':
    '文件超过 {{most}} 字节，这是读取的上限（aiMesh.slo.limits.bytes）',
  'openslo.lines':
    '文件有 {{count}} 行，最多读取 {{most}} 行（aiMesh.slo.limits.lines）',
  'openslo.nesting':
    '文件嵌套超过 {{most}} 层，这是读取的上限（aiMesh.slo.limits.nesting）',
  'openslo.keys':
    '文件有 {{count}} 个键和项，最多读取 {{most}} 个（aiMesh.slo.limits.keys）',
  'openslo.objectives':
    '文件有 {{count}} 个目标：只测量前 {{most}} 个（aiMesh.slo.limits.objectives）',
  'openslo.moreProblems': '另有 {{more}} 个问题',
  'openslo.repeatedKey': '不是 YAML：映射中的键不能重复',
  'openslo.notYaml': '不是 YAML：「{{text}}」',
  'openslo.apiVersion': 'apiVersion 必须是 openslo/v1，而不是“{{version}}”',
  'openslo.kind': 'kind 必须是 SLO 或 SLI，而不是“{{kind}}”',
  'openslo.noMetric':
    '指标需要 ratioMetric（good 或 bad，以及 total）或 thresholdMetric',
  'openslo.raw':
    'ratioMetric.raw 是已经算好的比率，无法按事件加权；请给出 good（或 bad）和 total',
  'openslo.noTotal': 'ratioMetric 除 good 或 bad 之外还需要 total',
  'openslo.onlyTotal': 'ratioMetric 除 total 之外还需要 good 或 bad',
  'openslo.noObjectives': 'spec.objectives 至少需要一个带 target 的目标',
  'openslo.otherIndicators':
    'spec.indicatorRef 指名 SLI“{{name}}”，但此文件只有 {{known}}',
  'openslo.noIndicators':
    'spec.indicatorRef 指名 SLI“{{name}}”，但此文件没有 SLI',
  'openslo.duration':
    'spec.timeWindow[0].duration 必须是整数加 m、h、d、w、M、Q 或 Y，例如 30d，而不是“{{text}}”',
  'openslo.durationRange':
    'spec.timeWindow[0].duration 必须在一小时与一年之间，而不是“{{text}}”',
  'openslo.timeZone':
    'calendar.timeZone 必须是时区，例如 Europe/Berlin，而不是“{{text}}”',
  'openslo.startTime':
    'calendar.startTime 必须是时间，例如 2026-01-01 00:00:00，而不是“{{text}}”',
  'openslo.noTarget':
    '目标需要 target（例如 0.995）或 targetPercent（例如 99.5）',
  'openslo.percentRange':
    'targetPercent 必须大于 0 且小于 100：100% 的承诺不留任何预算',
  'openslo.targetRange':
    'target 必须大于 0 且小于 1：为 1 的承诺不留任何预算（百分数请用 targetPercent）',
  'openslo.operator': 'op 必须是 {{known}} 之一，而不是“{{text}}”',
  'openslo.late':
    '读取它超过 {{seconds}} 秒，已放弃（aiMesh.slo.limits.seconds）',
  'openslo.failed': '读取它失败：「{{text}}」',
  'openslo.annotation': '注解 {{annotation}} 无法使用：',
  'openslo.unread': '无法读取：',
  'openslo.noUrl': '它必须是 https URL，或相对于实体读取位置的路径',
  'openslo.credentials':
    '它不能含有用户名和密码：需要凭据的主机请配置各自的 integrations',
  'openslo.fromNowhere': '它是路径，但软件目录没有说明实体读取自何处：请写 URL',
  'openslo.outside': '它指向实体读取位置所在文件夹之外',
  'file.none': '没有这个文件。',
  'file.folder': '它是文件夹。',
  'file.forbidden': '门户无权读取它。请授予运行门户的账号读取权限。',
  'file.circle': '它的链接形成了循环。',
  'file.readerFailed': '读取程序失败。',
  'file.late': '它没有在 {{seconds}} 秒内到达。',
  'file.notAllowed':
    '「{{text}}」。主机由 integrations 或 backend.reading.allow 允许。',

  promql:
    '查询无法使用：{{why}}。它必须是一个计数器，例如 sum(errors_total{app="chat"})',
  'promql.long': '它有 {{count}} 个字符，最多读取 {{most}} 个',
  'promql.control': '第 {{at}} 个字符处有控制字符',
  'promql.garbled': '第 {{at}} 个字符处不是 PromQL',
  'promql.comment': '第 {{at}} 个字符处有注释',
  'promql.quotation': '第 {{at}} 个字符处的正则表达式含有 \\Q',
  'promql.regex': '第 {{at}} 个字符处的正则表达式 RE2 无法读取（「{{text}}」）',
  'promql.calculates': '它含有计算',
  'promql.name': '它含有 Prometheus 不接受的名称',
  'promql.deep': '它嵌套超过 {{most}} 层',
  'promql.joinsSums':
    '它用 or 连接多个 sum，其中一个会掩盖另一个：请把 or 写在 sum 之内',
  'promql.conditions': '它有 {{count}} 个条件，最多读取 {{most}} 个',
  'promql.namesByCondition': '它没有指名指标，而是对名称设了条件',
  'promql.noMetric': '它没有指名指标，或指名的指标无法查询',
  'promql.condition': '第 {{at}} 个字符处的条件无法读取',
  'promql.endless': '第 {{at}} 个字符处的文本没有结束',
  'promql.function': '它使用了 {{name}}()',
  'promql.selectors': '它连接了 {{count}} 个选择器，最多查询 {{most}} 个',
  'promql.stranger':
    '文本中有占位符 {{{{name}}}}，而那里只能使用 {{version}}、{{service}} 和 {{namespace}}',
  'promql.allVersions':
    '它查询所有版本的 {{metric}}：请在其条件中加入 {{selector}}，例如 {{metric}}{ {{selector}} }，或在其中一个条件里使用 {{version}}',
  'promql.notOne': '它不是单个查询',
};
