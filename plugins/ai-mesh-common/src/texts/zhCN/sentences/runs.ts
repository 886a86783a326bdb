import type { runTextsEn } from '../../../words/texts/runsEn';

/** What happens to canaries, and why, in Simplified Chinese. */
export const runTextsZhCN: Readonly<Record<keyof typeof runTextsEn, string>> = {
  'run.expired': '没有人及时批准或拒绝它。',
  'run.windowOver': '它的时间窗口已过，而它尚未开始。',
  'run.notProvenSince':
    '自批准以来，已无法证明 Service {{of}} 属于谁。Service 的运维者可以用 ai-mesh.io/entity 标记它。',
  'run.started': '预检没有发现阻止它的问题。',
  'run.header': '带有指定请求头的请求发往金丝雀版本。',
  'run.step': '到 {{weight}}%。',
  'run.stepPassed': '到 {{weight}}%：每个门限都已通过。',
  'run.rewritten': '最后写入的权重重新生效。',
  'run.landed': '发现之前开始的一次写入已在集群中生效。',
  'run.promoted': '金丝雀版本保持 {{percent}}%。',
  'run.promotedPassed': '金丝雀版本保持 {{percent}}%，每个门限都已通过。',
  'run.restored': '开始之前的权重已恢复。',
  'run.nothingToRestore': '没有需要恢复的内容。',
  'run.noWeightsLeft': '没有可恢复的权重。',
  'run.neverRecorded': '从未记录之前的权重。',
  'run.retried': '路由又可以写入了。',
  'run.couldNotRestore': '未能恢复之前的权重，正在反复重试：',
  'run.confirm': '到 {{weight}}% 的步骤等待确认。',
  'run.confirmLater': '门限通过后，到 {{weight}}% 的步骤等待确认。',
  'run.paused': '已暂停。',
  'run.disowned':
    '已无法证明 Service {{of}} 属于 {{owners}}。Service 的运维者可以用 ai-mesh.io/entity 标记它。',
  'run.conflicts': '要写入路由的 {{times}} 次中，每次都有他人改动了它。',
  'run.keptFields':
    '门户仍管理 {{object}} 的规则：已有 {{times}} 次未能放弃它们。',
  'run.fieldConflict':
    '服务器端的 apply 会与“{{manager}}”冲突，直到有一次强制执行。',

  'group.stopped':
    '它不会开始：同一请求在集群“{{cluster}}”中的金丝雀未被晋升。',
  'group.takenBack': '同一请求在集群“{{cluster}}”中的金丝雀正在回滚。',
  'group.stays':
    '同一请求在集群“{{cluster}}”中的金丝雀正在回滚。此金丝雀保持不变：{{why}}。',
  'group.scaledDown': '它的旧版本在晋升之后已缩减',
  'group.busy': '金丝雀 {{holder}} 正在它的路由上进行',

  'next.approval': '等待有人批准或拒绝它。',
  'next.cluster': '集群“{{cluster}}”中的金丝雀晋升后开始。',
  'next.window': '时间窗口开始时开始。',
  'next.start': '现在开始。',
  'next.restoreAgain': '再次尝试恢复之前的权重。',
  'next.person': '等待人工处理；权重保持不变。',
  'next.restore': '恢复开始之前的权重。',
  'next.ended': '已结束。',
  'next.promoted': '{{when}}晋升。',
  'next.advance': '{{when}}到 {{weight}}%。',
  'next.ifPass': '若门限通过，则',
  'next.oncePass': '一旦门限通过，即',

  'drift.header': '他人改动了请求头阶段的规则。',
  'drift.affinity':
    '他人改动了使用户留在金丝雀版本的内容：针对其 cookie 的规则，或其响应中的 Set-Cookie。',
  'drift.weights':
    '路由的权重是 {{found}}，而不是 {{written}}：他人改动了它们。',
  'drift.found': '{{foundWeights}}',
  'drift.foundWithHeader': '{{foundWeights}}（含请求头规则）',
  'drift.written': '{{writtenWeights}}',
  'drift.writtenWithHeader': '{{writtenWeights}}（含请求头规则）',
  'drift.undefined': '{{version}} 不再有定义。',

  'cleanUp.offered': '观察期已过。',
  'cleanUp.noEndpoint': '新版本没有就绪端点。',
  'cleanUp.endpointUnknown': '新版本没有已知的就绪端点。',
  'cleanUp.stillSends': '{{object}} 的 {{path}} 仍将流量发往 {{version}}。',
  'cleanUp.noDeployment': '没有 Deployment 只带有 {{version}} 的标签。',
  'cleanUp.scaler': '{{object}} 可能会把它从 0 重新扩容。',
  'cleanUp.done': '{{names}} 不再有副本。',
  'cleanUp.undone': '{{names}} 的副本已恢复。',

  'webhook.by': '{{name}}（{{event}}）：',
  'webhook.tries': '（尝试了 {{tries}} 次）',
  'webhook.told': '已通知。',
  'webhook.stillAsked': '已询问，尚未得到答复。',
  'webhook.overtaken': '曾调用它；在它答复之前，金丝雀已另有去向。',
  'webhook.before-start': '开始之前',
  'webhook.before-step': '步骤之前',
  'webhook.after-promotion': '晋升之后',
  'webhook.on-roll-back': '回滚时',
  'webhook.go': '放行',
  'webhook.hold': '停留',
  'webhook.stop': '停止',
  'webhook.verdict': '{{verdict}}。',
  'webhook.verdictBecause': '{{verdict}}。「{{text}}」',
  'webhook.noVerdict':
    '它的响应不是判定：{"verdict": "go"、"hold" 或 "stop", "reason": "..."}。',
  'webhook.tooLarge': '它的响应超过 {{most}} kB，不是判定。',
  'webhook.late': '它没有在 {{seconds}} 秒内响应。',
  'webhook.unreachable': '无法访问它：{{why}}。',
  'webhook.redirects':
    '它的响应是 {{status}}：重定向到别处，而重定向不会被跟随。请配置重定向所指的地址。',
  'webhook.status': '它的响应是 {{status}}。',
  'webhook.notJson': '它的响应是 {{type}}，而不是 JSON。',
  'webhook.noType': '它的响应没有内容类型，也不是 JSON。',
  'webhook.garbled': '它响应的 JSON 已损坏。',

  'leftOut.returned':
    '有 {{seconds}} 秒无法完整计数：{{series}} 个序列缺失了一段时间。',
  'leftOut.bornRequests':
    '有 {{seconds}} 秒无法完整计数：此前没有的序列中一下出现了 {{born}} 个请求，如同另一个 Prometheus 也在应答。',
  'leftOut.bornEvents':
    '有 {{seconds}} 秒无法完整计数：此前没有的序列中一下出现了 {{born}} 个事件，如同另一个 Prometheus 也在应答。',
  'leftOut.bornValues':
    '有 {{seconds}} 秒无法完整计数：此前没有的序列中一下出现了 {{born}} 个值，如同另一个 Prometheus 也在应答。',
  'leftOut.unequal':
    '有 {{seconds}} 秒无法完整计数：一类事件的计数多于全部事件。该门限的两个查询计的不是同一回事。',
  'leftOut.buckets':
    '有 {{seconds}} 秒无法完整计数：其直方图缺少桶，或各桶之和不一致。',

  'run.clusterGone': '集群“{{cluster}}”不再有配置。',
  'run.putBack': '请在 aiMesh.clusters 下恢复它。',

  'edit.noObject': '集群“{{cluster}}”的响应不是一个对象。',
  'edit.changed': '{{object}} 已被他人改动。',
  'edit.gone': '集群“{{cluster}}”上没有 {{object}}。',
  'edit.token':
    '集群“{{cluster}}”不接受门户用于 {{verb}} {{object}} 的令牌：它可能已被吊销或过期。请在 aiMesh.clusters 下给门户一个有效的令牌（{{reason}}）。',
  'edit.forbidden':
    '门户无权在集群“{{cluster}}”上 {{verb}} {{object}}：请给它的账号一个 Role，允许对 API 组“{{group}}”的资源“{{resource}}”执行“{{verb}}”（{{reason}}）。',
  'edit.refused': '集群“{{cluster}}”拒绝了 {{verb}} {{object}}：{{reason}}',
  'edit.failed': '集群“{{cluster}}”没有完成 {{verb}} {{object}}：{{reason}}。',

  'network.refused': '那里没有进程监听（{{code}}）',
  'network.noSuchHost': 'DNS 不认识它的主机名（{{code}}）',
  'network.dns': 'DNS 没有应答（{{code}}）',
  'network.closed': '它关闭了连接（{{code}}）',
  'network.noWayToHost': '没有到达其主机的路由（{{code}}）',
  'network.noWayToNetwork': '没有到达其网络的路由（{{code}}）',
  'network.noConnection': '它没有及时接受连接（{{code}}）',
  'network.late': '它没有及时应答（{{code}}）',
  'network.halfWay': '它的应答中途停止（{{code}}）',
  'network.expired': '它的证书已过期（{{code}}）',
  'network.otherHost': '它的证书属于另一个主机名（{{code}}）',
  'network.untrusted':
    '它的证书不是由此处信任的机构签发的；请以 caFile 指明其文件，或写入 caData（{{code}}）',
  'network.file': '无法读取文件 {{file}}（{{code}}）',
  'network.noCertificates':
    '{{setting}} 不是 base64 编码的 PEM 证书，或其中有无法读取的证书（base64 -w0 ca.crt）',
  'network.noCertificatesInFile':
    '{{setting}} 指明的文件 {{file}} 不含 PEM 证书，或其中有无法读取的证书',
  'network.other': '「{{text}}」',
  'network.otherCode': '「{{text}}」（{{code}}）',

  'gate.inCode': '该门限由代码判定。',
  'gate.stillAsked': '已询问，尚未得到答复。',
  'gate.late': '它没有在 {{seconds}} 秒内响应。',
  'gate.failed': '它失败了：「{{text}}」',
  'gate.noVerdict': '它的答复不是判定。',
  'gate.noValue': '该门限没有给出值。',

  'version.outside': '{{host}} 不是集群的 Service，因此无法区分其版本。',
  'version.noSubset': '没有 DestinationRule 为 {{host}} 定义子集 {{subset}}。',
  'version.noLabel':
    '指标无法区分 {{host}} 的子集 {{subset}}：它没有 version 标签，也没有工作负载带有它的标签。',
  'version.sharedLabels':
    '指标无法区分 {{host}} 的子集 {{subset}}：它的 Pod 与 {{host}} 的其他 Pod 的版本、规范修订号和工作负载名称都相同。',
  'version.sharedWorkload':
    '它的 Pod 所属的工作负载还运行其他版本，其指标无法区分它们。',
  'version.indistinct':
    '无法区分发往两个版本的请求：{{workload}} 带有两者的标签。',
  'version.noWorkload': '没有工作负载带有它的标签。',

  'options.noRoute':
    '没有以可移动的方式路由 {{of}} 的对象：需要一个 VirtualService、HTTPRoute 或 GRPCRoute，其中有一条没有匹配条件的规则，或其规则有名称。',
  'options.unreadable': '无法读取 {{kind}}。',

  'owners.unseen':
    '目前在集群中看不出 Service {{of}} 属于谁。Service 的运维者可以用 ai-mesh.io/entity 标记它。',
  'owners.catalog': '目录没有说明 Service {{of}} 属于谁：「{{text}}」',
};
