import type { preflightTextsEn } from '../../../words/texts/preflightEn';

/** What a preflight says, in Simplified Chinese. */
export const preflightTextsZhCN: Readonly<
  Record<keyof typeof preflightTextsEn, string>
> = {
  'split.rulesNamed':
    '{{title}} 有 {{count, number}} 条名为“{{rule}}”的规则：{{rules}}',
  'split.ambiguous':
    '{{title}} 有多条没有匹配条件、且发往 {{version}} 的规则：{{rules}}。请指明使用哪一条。',
  'split.versionTwice':
    '{{title}} 的 {{rule}} 有 {{count, number}} 次发往 {{version}}。如果端口不同，请指明端口。',
  'split.versionMissing':
    '{{title}} 的 {{rule}} 没有发往 {{version}}，而是发往：{{others}}。',
  'split.nothing': '无',
  'split.others': '{{destinations}}',
  'split.noRuleNamed': '{{title}} 没有名为“{{rule}}”的规则。现有：{{rules}}。',
  'split.allMatch':
    '{{title}} 中发往 {{version}} 的规则都有匹配条件：{{rules}}。请指明使用哪一条。',
  'split.allMatchUnnamed':
    '{{title}} 中发往 {{version}} 的规则都有匹配条件：{{rules}}。请指明使用哪一条；为此它在对象中需要一个名称。',
  'split.tcp':
    '{{title}} 以 TLS 或 TCP 发往 {{host}}（{{rules}}）。只有在能看到请求的 HTTP 和 gRPC 规则上才能移动份额。',
  'split.noRuleTo': '{{title}} 没有发往 {{version}} 的规则。现有：{{rules}}。',
  'split.noRule': '没有 HTTP 或 gRPC 规则',
  'split.noResourceVersion': '该对象没有 resourceVersion',
  'split.noAnswerCookie': '金丝雀版本没有能在回答中携带 cookie 的目标。',
  'split.tooCoarse':
    '{{rule}} 的权重之和为 {{total, number}}，其中 {{others}} 属于其他目标：{{percent}}% 不是整数权重。请先把每个权重乘以 {{times}}；流量保持不变。',
  'split.sumZero': '{{rule}} 的权重之和为 0：它不发往任何地方',
  'split.noWeight': '{{pointer}}/weight 为 {{weight}}，不是权重',
  'split.cannotAdd':
    '路由中没有 {{version}}，也无法把它加到另一种类型的 {{stable}} 旁边：请自行以权重 0 添加',
  'split.notService':
    '{{host}} 不是集群中的 Service，因此 Gateway API 的路由无法发往它',
  'split.notRoute':
    '{{kind}} 不是可以移动权重的路由；VirtualService、HTTPRoute 和 GRPCRoute 才是',
  'route.notOf': '{{object}} 不为 {{service}} 路由。',
  'route.none':
    '没有对象为 {{service}} 路由：需要一个可以移动权重的 VirtualService、HTTPRoute 或 GRPCRoute。',
  'route.several':
    '有多个对象把 {{service}} 路由到稳定版本：{{objects}}。请指明使用哪一个。',
  'route.noRule': '{{objects}} 没有规则把 {{service}} 路由到稳定版本。',
  'header.badRegex':
    '请求头 {{header}} 的正则表达式无法被 RE2 读取：「{{error}}」',
  'header.twice':
    '{{rule}} 自身已按请求头 {{header}} 匹配，而路由不能对一个请求头提两个条件。请为该阶段选择另一个请求头。',
  'affinity.noBrowsers':
    '在 {{kind}} 上无法用 cookie 把人留在某个版本：浏览器不调用 gRPC，其他调用方也不保存 cookie。请去掉亲和性。',
  'affinity.obstacle':
    '{{rule}} 无法用 cookie 把人留在金丝雀版本：{{obstacle}}。',
  'affinity.ruleFilter':
    '其 ResponseHeaderModifier 设置或移除了 Set-Cookie，后端的 cookie 无法通过',
  'affinity.backendCookie':
    '金丝雀版本的后端已经在响应中加入了 Set-Cookie，而一个过滤器只能加入一个',
  'affinity.backendHeaders':
    '金丝雀版本的后端已经在响应中加入了 {{most}} 个头，而一个过滤器不能加入更多',
  'affinity.ruleHeaders':
    '其 headers.response 设置或移除了 Set-Cookie，目的地的 cookie 无法通过',
  'affinity.destinationCookie':
    '金丝雀版本的目的地已经在响应中加入了 Set-Cookie，而一个目的地只能加入一个',
  'cluster.said': '集群的回答：「{{text}}」',
  'versions.why': '版本不可用：「{{text}}」',
  'cluster.gone': '配置中没有集群“{{cluster}}”。',
  'route.used': '将使用 {{object}} 的 {{rule}}。',
  'weight.already':
    '金丝雀版本已有 {{percent}}%，而计划的目标是 {{target}}%。请选择更高的目标。',
  'weight.others':
    '该规则的其他目标保留 {{others}}%，因此金丝雀版本止于 {{last}}%，而不是 {{target}}%。',
  'weight.firstHalf':
    '第一步就给金丝雀版本 {{first}}%：超过一半，而此时对它还一无所知。请从更少开始，让一半的流量由证据赢得。',
  'weight.present': '金丝雀版本现有 {{percent}}%，止于 {{last}}%。',
  'interval.short':
    '{{interval}} 秒的间隔短于“{{cluster}}”的四次抓取（{{least}} 秒），不足以判定一步。请设为 {{least}} 秒或更长。',
  'interval.fine': '{{interval}} 秒的间隔包含四次或更多抓取。',
  'header.notFirst':
    '请求头阶段先于其他流量，而金丝雀版本已有 {{percent}}%。请先把它降到 0，或去掉该阶段。',
  'rule.disturbs':
    '{{rule}} 含有 {{what}}：注入的故障会算作金丝雀版本的错误，每次镜像到模型的调用都会计费。',
  'rule.mirrors':
    '{{rule}} 含有 RequestMirror 过滤器：每次镜像到模型的调用都会计费。',
  'rule.calm': '该规则既不注入故障，也不镜像流量。',
  'rule.retries':
    '{{rule}} 在 {{conditions}} 时重试：这样的调用可能已经计费，失败的金丝雀版本于是要付两次费用。',
  'rule.noRetries': '该规则不重试可能已计费的调用。',
  'rule.sticky':
    '{{object}} 把调用方固定在一个端点：在同一版本内仍然如此，但请求份额可能不同于调用方份额。',
  'rule.notSticky': '没有设置会话亲和性。',
  'rule.above':
    '{{above}} 先于 spec.{{rule}} 被匹配，也发往稳定版本：在那里匹配的请求即使在 100% 时也留在稳定版本。',
  'rule.aboveMany':
    '{{above}} 先于 spec.{{rule}} 被匹配，也发往稳定版本：在那里匹配的请求即使在 100% 时也留在稳定版本。',
  'rule.noneAbove': '上方没有规则继续发往稳定版本。',
  'endpoints.unknown': '{{version}} 有多少端点就绪未知。',
  'versions.fine': '两个版本都已定义。',
  'endpoints.noPod': '{{version}} 没有端点：没有 Pod 带有它的标签。',
  'endpoints.noneOf': '{{version}} 的 {{total, number}} 个端点都未就绪。',
  'endpoints.ready':
    '{{version}} 的 {{total, number}} 个端点中有 {{ready}} 个就绪。',
  'versions.wouldBe503':
    '它们发往金丝雀版本的请求会得到 503。请把 DestinationRule 导出给它们，或把路由导出给更少的命名空间（exportTo）。',
  'versions.nothingBut503': '它们只会得到 503。',
  'subset.ambiguous':
    '{{host}} 的子集 {{subset}} 对不同的调用方代表不同的 Pod（exportTo、workloadSelector）：{{meanings}}。没有任何数字能代表全部：请给它们各自的名称。',
  'versions.undefined': '{{version}} 没有定义。',
  'versions.noService': '没有 {{host}} 对应的 Service。',
  'capacity.low':
    '金丝雀版本有 {{ready}} {{noun}}就绪，而在 {{percent}}% 时它要承担稳定版本 {{needed, number}} 个端点的流量。请随权重增加扩容。',
  'noun.endpoint': '个端点',
  'noun.endpoints': '个端点',
  'capacity.fine': '金丝雀版本的端点足以承担目标权重。',
  'metrics.indistinct':
    '失败的金丝雀版本会看起来与对比版本一样。请给每个版本的 Pod 各自的“version”标签，或各自的工作负载。',
  'metrics.fine': 'Prometheus 有金丝雀版本的指标。',
  'metrics.none': '还没有金丝雀版本的指标（{{reason}}）：在有指标之前会停留。',
  'busy.taken': '金丝雀 {{canary}} 正在使用这条路由。',
  'busy.free': '没有其他金丝雀正在使用这条路由。',
  'patch.noEditor':
    '门户无法写入“{{cluster}}”。请让门户的运维者在 aiMesh.clusters 下把它的 allowWrites 设为 true。',
  'patch.off':
    '门户不写入集群“{{cluster}}”：请在 aiMesh.clusters 下为它把 allowWrites 设为 true。',
  'patch.may': '门户有权修改 {{object}}。',
  'patch.mayNot':
    '门户无权修改集群“{{cluster}}”上的 {{object}}。请授予其账号 docs/canary-rbac.yaml 中的权限。',
  'dryRun.fine': '集群会接受第一次写入。',
  'dryRun.busy': '该路由此刻正被其他人修改。',
  'dryRun.refused': '集群不会接受第一次写入。',
  'picker.ready': 'Service {{picker}} 为 {{version}} 挑选端点，且已就绪。',
  'picker.failsOpen':
    '{{version}} 在失败时放行：请求会发往任意 Pod，不管其队列如何。',
  'picker.refuses': '没有它，网关会拒绝发往 {{version}} 的每个请求。',
  'picker.none': 'InferencePool {{pool}} 没有指定端点选择器。',
  'picker.kind':
    'InferencePool {{pool}} 的端点选择器是 {{kind}}，而 Istio 只接受 Service。',
  'picker.missing':
    'InferencePool {{pool}} 的端点选择器 Service {{picker}} 不存在。',
  'picker.notReady':
    'InferencePool {{pool}} 的端点选择器 Service {{picker}} 没有就绪端点。',
  'affinity.callersUnknown':
    '谁在调用该服务未知（{{reason}}），因此也不知道调用方是否保存 cookie {{cookie}}：网关后的浏览器会保存，网格中的工作负载不会。',
  'affinity.drops':
    '{{callers}} 从网格内调用该服务并丢弃 cookie {{cookie}}，除非它同时转发请求的 Cookie 和回答的 Set-Cookie',
  'affinity.drop':
    '{{callers}} 从网格内调用该服务并丢弃 cookie {{cookie}}，除非它们同时转发请求的 Cookie 和回答的 Set-Cookie',
  'affinity.some':
    '{{drop}}：在那里每个请求都按权重发送。经由 {{gateways}} 来的人会留在原版本。',
  'affinity.nobodyStays':
    '{{drop}}。最近一小时没有网关调用它，因此没有人会留在金丝雀版本。',
  'affinity.gateways':
    '只有网关调用该服务（{{gateways}}）：其后的浏览器保存 cookie {{cookie}}。',
  'affinity.noCaller':
    '最近一小时网格中没有人调用该服务，因此不知道调用方是否保存 cookie。',
  'affinity.shares':
    '凡得到过金丝雀版本回答的人都会留在它那里，因此其请求份额会超过权重：在 {{percent}}% 时，每人 {{requests, number}} {{noun}}之后一半的人已在它那里。判定依据实际计数的请求；预计时长按权重计算。',
  'noun.request': '个请求',
  'owned.flagger':
    '{{object}} 归 Flagger 所有：它的 Canary 会移动这些权重。请移除该 Canary，或改用它。',
  'owned.rollout':
    '{{service}} 由 Argo Rollout 运行：它会移动这些权重。请改用该 Rollout。',
  'owned.rolloutRoute':
    '{{service}} 由 Argo Rollout 运行，{{object}} 也归它所有：它会移动这些权重。请改用该 Rollout。',
  'owned.nobody': '没有其他 operator 移动这些权重。',
  'gitops.applied':
    '{{managers}} 以服务端方式应用了 {{object}}。第一次写入使“{{own}}”成为整个列表 .spec.{{list}} 的管理者：金丝雀运行期间，不强制冲突的应用会因冲突而失败，强制的则会收回权重。结束时会放弃该列表：下一次应用不再冲突，并设置其自身所含的权重。',
  'gitops.argo':
    '{{object}} 由 Argo CD 管理：开启自愈时它会收回权重，金丝雀会因漂移而暂停。请让 Application 忽略它们。',
  'gitops.flux':
    '{{object}} 由 Flux 管理：它的下一次调谐会收回权重，金丝雀会因漂移而暂停。请让 Flux 在金丝雀运行期间不动该对象。',
  'gitops.fluxHelm':
    '{{object}} 由 Flux 通过 HelmRelease 管理：开启漂移检测时它会收回权重，升级发布也会如此。请让 HelmRelease 忽略它们。',
  'gitops.helm': '{{object}} 由 Helm 管理：金丝雀运行期间升级发布会收回权重。',
  'gitops.none': '没有 GitOps 工具管理该路由。',
  'power.unknown': '计划需要多久、能发现什么，均未知（{{reason}}）。',
  'power.undecided':
    '以今天每秒 {{rate, rate}} 个请求的流量，不劣于稳定版本的金丝雀无法在最长停留时间（{{hold, minutes}}）内得出结论：它会在 {{duration, minutes}} 后停在 {{percent}}%。请选择更长的停留时间、更低的置信度、更大的裕度或更大的起始步长。',
  'power.blind':
    '以今天每秒 {{rate, rate}} 个请求的流量，有 {{percent}}% 失败的金丝雀仍会被晋升：计划太短，或界限太宽，无法发现它。',
  'power.fine':
    '以今天每秒 {{rate, rate}} 个请求的流量，计划大约需要 {{duration, minutes}}和金丝雀版本的 {{requests, number}} 个请求。',
  'quality.gone': '{{gate}}：门户不再有这个门限（aiMesh.canary.gates）。',
  'quality.fine': '它还由 {{gates}} 判定，且有可判定的数据。',
  'quality.silent': '它还由 {{gates}} 判定。目前并非所有门限都有可判定的数据。',
  'quality.holds': '在有数据之前会停留。',
  'quality.holdsNot': '如果两个版本都没有，该门限不适用。',
};
