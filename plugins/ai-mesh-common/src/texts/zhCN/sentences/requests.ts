import type { requestTextsEn } from '../../../words/texts/requestsEn';

/** Why a request of the API is refused, in Simplified Chinese. */
export const requestTextsZhCN: Readonly<
  Record<keyof typeof requestTextsEn, string>
> = {
  'request.given': '参数“{{name}}”为“{{value}}”：{{allowed}}。',
  'request.givenObject': '参数“{{name}}”是一个对象：{{allowed}}。',
  'request.missing': '缺少参数“{{name}}”：{{allowed}}。',
  'request.repeated': '参数“{{name}}”给出了 {{times}} 次：请只给出一次。',
  'allowed.oneOf': '必须是以下之一：{{values}}',
  'allowed.atLeast': '必须至少为 {{bound}}',
  'allowed.atLeastCharacters': '必须至少有 {{bound}} 个字符',
  'allowed.atMost': '不得超过 {{bound}}',
  'allowed.atMostCharacters': '不得超过 {{bound}} 个字符',
  'allowed.whole': '必须是整数',
  'allowed.type': '类型必须是 {{type}}',
  'request.future': '参数“at”为 {{at}}，尚未到来：现在是 {{now}}。',
  'request.cursor': '参数“cursor”不是列表给出的值：请使用上一页的“next”。',
  'request.modelCursor':
    '参数“cursor”不是列表给出的值，或其模型已不再使用：请从第一页开始。',
  'request.path':
    '路径中的 {{part}} 不是实体可以有的值。路径形如 /v1/entities/component/default/my-service/overview。',
  'request.entityRef':
    'entityRef：实体引用的写法形如 component:default/my-service。',
  'request.noRoute':
    'AI Mesh 没有 {{method}} {{path}}。/v1/openapi.json 列出了现有的接口。',
  'request.contentType':
    '请求体必须是 JSON：请发送请求头 Content-Type: application/json。',
  'request.notJson': '请求体不是 JSON。',
  'request.field': '{{path}}：{{problem}}。',
  'request.whole': '{{problem}}。',
  'request.moreFields': '另有 {{more}} 处。',

  'problem.type': '类型应为 {{expected}}，实际为 {{received}}',
  'problem.option': '必须是以下之一：{{values}}',
  'problem.value': '必须是 {{values}}',
  'problem.discriminator': '必须是以下之一：{{values}}',
  'problem.bigNumber': '过大：应 {{bound}}',
  'problem.smallNumber': '过小：应 {{bound}}',
  'problem.bigText': '过长：长度应 {{bound}}',
  'problem.smallText': '过短：长度应 {{bound}}',
  'problem.key': '未知的键：{{keys}}',
  'problem.keys': '未知的键：{{keys}}',

  'rule.moment':
    '必须是带时区的时间，例如 2026-11-27T14:05:00Z（在地址中，+ 写作 %2B）',
  'rule.method': '必须是 HTTP 方法，例如 POST',
  'rule.slash': '必须以斜杠开头',
  'rule.address': '必须是 IPv4 或 IPv6 地址',
  'rule.namespaceToo': '有 callerWorkload 时需要它',
  'rule.workloadToo': '有 callerNamespace 时需要它',
  'rule.canaryId': '请用金丝雀的 id 指明它',
  'rule.oneFix': '请给出 findings、strict、rules 和 canary 之一',
  'rule.onePrincipal': '请给出它，或给出 callerNamespace 和 callerWorkload',
  'rule.notAboveRollBack': '不得高于 rollBackAbove',
  'rule.notAboveRollBackTimes': '不得高于 rollBackAboveTimesStable',
  'rule.clusterOnce': '每个集群只能写一次',
  'rule.otherVersion': '金丝雀版本必须不同于稳定版本',
  'rule.firstCluster': '第一个集群应为该服务自己的集群',
  'rule.key': '幂等键只能含可打印的 ASCII 字符',
  'rule.headerValue': '请求头的值只能含可打印的 ASCII 字符',
  'rule.headerName': '不是 HTTP 请求头的名称',
  'rule.oneMatch': '请给出 value、values、prefix 和 regex 之一',
  'rule.windowEnds': '时间窗口在开始之前就已结束',
  'rule.stepsAscend': '每一步都必须高于前一步',
  'rule.notAboveTarget': '不得高于目标权重',
  'rule.firstStep': '第一步由批准来确认',
  'rule.checkTooLong': '不得长于间隔',
  'rule.holdTooShort': '不得短于间隔',

  'rule.cookieAge': 'cookie 的有效期在 {{least}} 到 {{most}} 秒之间',
  'rule.interval': '间隔在 {{least}} 到 {{most}} 秒之间',
  'rule.check': '越界检查的间隔在 {{least}} 到 {{most}} 秒之间',
  'rule.hold': '最长停留在 {{least}} 到 {{most}} 秒之间',
  'rule.soak': '观察时间在 {{least}} 到 {{most}} 秒之间',
  'rule.reversible': '可撤销清理的时间在 {{least}} 到 {{most}} 秒之间',
  'rule.headerValuesMany': '请求头阶段最多写 16 个值',
  'rule.weightWhole': '权重是整数百分比',
  'rule.weightBounds': '权重在 1 到 100% 之间',
  'rule.headerValueEmpty': '请求头的值不能为空',
  'rule.headerValueLong': '请求头的值最多 1024 个字符',
  'rule.aValue': '请至少写一个值',
  'rule.cookieName':
    "cookie 的名称有 1 到 128 个字母、数字和 !#$&'*+-.^_`|~ 中的符号（RFC 6265 的 token）：ai-mesh-canary",
  'rule.cookieSecure':
    '名称以 __Host- 或 __Secure- 开头的 cookie，浏览器只在它为 secure 时接受',
  'rule.aStep': '请至少写一个步骤',
  'rule.confidence': '置信度是比率：0.99 即 99%',
  'rule.confidenceLow': '置信度至少为 0.8',
  'rule.confidenceHigh': '置信度最多为 0.9999',
  'rule.requestsWhole': '请求数是整数',
  'rule.requestsFew': '一次决定至少需要 1 个请求',
  'rule.requestsMany': '一次决定最多需要 1,000,000 个请求',
  'rule.failuresWhole': '失败上限是整数',
  'rule.failuresFew': '失败上限至少为 1',
  'rule.failuresMany': '失败上限最多为 100',
  'rule.ratio': '界限是 0 到 1 之间的比率：0.05 即 5%',
  'rule.multiple': '界限是稳定版本数值的倍数：1.5',
  'rule.multipleLow': '稳定版本数值的倍数至少为 1',
  'rule.multipleHigh': '稳定版本数值的倍数最多为 100',
  'rule.margin': '裕度是比率之差：0.01 即一个百分点',
  'rule.marginLow': '裕度至少为 0.001（十分之一个百分点）',
  'rule.marginHigh': '裕度最多为 0.5',
  'rule.objectiveLow': '延迟目标须长于 0 毫秒',
  'rule.objectiveHigh': '延迟目标最多一小时',
  'rule.version': '请写出作出此决定时金丝雀的版本',
  'rule.clusterEmpty': '集群的名称不能为空',
  'rule.clusterLong': '集群的名称最多 253 个字符',
  'rule.twoClusters': '请至少写两个集群；只有一个时请省略此项',
  'rule.poolAlone': '一个池本身就是一个版本：请省略 host、subset 和 port',
  'rule.keyLong': '幂等键最多 200 个字符',

  'rule.headersFew': '请求头阶段至少要写一个请求头',
  'rule.headersMany': '请求头阶段最多写 16 个请求头',
  'rule.reason': '请用几个词说明原因',
  'rule.reasonSigns': '理由中除换行和制表符外不能有控制字符',
  'rule.gateName':
    '门限的名称由小写字母、数字和短横线组成，以字母开头：thumbs-down',

  'request.noRules': '无法为 {{entity}} 生成规则：',
  'request.noneMeasured':
    '现有的序列无法测量它的任何目标。请查看其 SLO，那里说明了各自缺少什么。',
  'request.otherCluster':
    '参数“cluster”必须是以下之一：{{clusters}}；该实体不在其他集群上。',
  'request.nowhere': '在任何集群上都没有找到 {{entity}} 的内容。请检查其注解。',
  'request.largeRules':
    '{{entity}} 的规则会超过 {{megabytes}} MB，没有集群接受这么大的单个对象：请把它的目标文件拆分到多个实体。',
  'request.noService':
    '{{entity}} 在集群“{{cluster}}”上没有 Service {{service}}；它有：{{services}}。',
  'request.noServices': '无',
  'request.noEntity':
    '目录中没有您可以查看的实体 {{entity}}。请检查其写法；若无误，请询问负责门户权限策略的人。',
  'request.denied':
    '您无权{{deed}}：这需要对它的权限 {{permission}}。请询问负责门户权限策略的人。',
  'deed.see': '查看 {{of}} 的网格',
  'deed.ask': '请求 {{of}} 的金丝雀',
  'deed.act': '对 {{of}} 的金丝雀执行“{{action}}”',
  'deed.follow': '声明为 {{of}} 发起了拉取请求',
  'deed.apply': '让 {{of}} 的修复得到应用',
  'deed.decide': '对 {{of}} 的修复作出决定',
  'denied.entity': '{{entity}}',
  'denied.owner': '经证实拥有 Service {{service}} 的实体',
  'request.hiddenFile':
    '此文件必须写出您无权查看的服务的名称，因此不提供给您。请询问可以查看其网格的人。',
  'request.limit':
    '您的请求超过 {{limit}}（aiMesh.limits）。请在 {{seconds}} 秒后再试。',
  'limit.open': '同时 {{count}} 个',
  'limit.perMinute': '每分钟 {{count}} 个',
  'request.settings':
    'AI Mesh 的配置无法使用。后端的日志说明了原因，您可以查看其网格的每个实体的标签页也有说明。',

  'database.full': '门户的数据库所在磁盘没有剩余空间。',
  'database.locked': '门户的数据库目前被他人锁定。',
  'database.readOnly': '门户的数据库只能读取，不能写入。',
  'database.damaged': '门户的数据库已损坏，或不是数据库。',
  'database.connections': '门户的数据库不再接受更多连接。',
  'database.silent': '门户的数据库目前没有响应。',
  'database.refused': '门户的数据库以 {{code}} 拒绝。',
  'database.weightsStay': '没有任何改动；权重保持不变。',
  'database.followedLater': '数据库恢复后会继续跟踪拉取请求。',
  'database.factsStay': '事实保持原样；会不断重试。',
  'database.noCanaries':
    '门户的数据库目前不可用，因此看不到金丝雀。权重保持不变；会不断重试。',
  'database.noFacts': '门户的数据库目前不可用，因此看不到事实；会不断重试。',
  'database.noFixes':
    '门户的数据库目前不可用，因此不会应用任何修复；没有任何改动。',
  'database.noPullRequests':
    '门户的数据库目前不可用，因此没有跟踪拉取请求；会不断重试。',

  'cut.begins': '内容太多，一次响应放不下，其中包含：',
  'cut.list': '{{place}} 的 {{of}} 项中的 {{shown}} 项{{end}}',
  'cut.lists': '另外 {{count}} 个列表的一部分{{end}}',
  'cut.texts': '{{count}} 段长文本的开头{{end}}',
  'cut.wholes': '{{count}} 个大型对象和修复未包含{{end}}',
  'end.more': '，',
  'end.last': '。',
};
