import type { securityTextsEn } from '../../../words/texts/securityEn';

/** What is said of mutual TLS, certificates and of fields that cannot be read, in Simplified Chinese. */
export const securityTextsZhCN: Readonly<
  Record<keyof typeof securityTextsEn, string>
> = {
  setting: '{{object}} 的 {{path}}',
  theirSetting: '{{theirObject}} 的 {{theirPath}}',
  'expected.list': '列表',
  'expected.filledList': '至少有一项的列表',
  'expected.filledValues': '至少有一个值的列表',
  'expected.portList': '端口号列表',
  'expected.text': '文本',
  'expected.number': '不小于 0 的数',
  'expected.count': '不小于 0 的整数',
  'expected.percentage': '0 到 100 的数',
  'expected.portNumber': '端口号',
  'expected.port': '1 到 65535 的端口号',
  'expected.flag': 'true 或 false',
  'expected.duration': '时长，例如 30s',
  'expected.host': '不超过 253 个字符的主机名',
  'expected.object': '对象',
  'expected.filledObject': '至少有一个字段的对象',
  'expected.knownKey': '已知的键',
  'expected.there': '存在的',
  'expected.oneOf': '{{values}} 之一',
  'expected.knownKinds': 'AI Mesh 所知的种类 {{values}} 之一',
  'expected.fewerKeys':
    '更小的：它的键和列表项超过 {{most}} 个，最多只读取这么多（aiMesh.limits.object.keys）',
  'expected.fewerCharacters':
    '更小的：它超过 {{most}} 个字符，最多只读取这么多（aiMesh.limits.object.characters）',
  'unreadable.isNot': '{{setting}}不是{{expected}}。',
  'unreadable.ignored': '{{setting}}应为{{expected}}，已被忽略。',
  'unreadable.notReviewed':
    '{{setting}}应为{{expected}}；依赖它的内容没有审查。',
  'unreadable.more': '另有 {{count}} 处也无法读取。',
  'telemetry.leftOut': '{{setting}}不是{{expected}}：不知道它针对谁，已略去。',
  'telemetry.several':
    '{{object}} 最早，因此生效；同一层级的 {{others}} 不起作用。',
  'mtls.encrypted': '双方都使用双向 TLS。',
  'mtls.asTheServerWants': '调用方迁就被调用方，而后者不接受双向 TLS。',
  'mtls.unread': '有一方的设置未知。',
  'mtls.ownCertificates':
    '调用方使用自己的证书；被调用方是否信任它们，网格配置中没有说明。',
  'mtls.applicationTls':
    '调用方使用的 TLS 不属于网格：只有应用自己终止 TLS 时才可行。',
  'mtls.notTaken': '调用方坚持双向 TLS，而被调用方不接受。',
  'mtls.refused': '被调用方只接受双向 TLS，而调用方不使用。',
  'mtls.clear': '调用方不使用双向 TLS，而被调用方也接受明文。',
  'mtls.bothClear': '双方都不使用双向 TLS。',
  'mtls.conflict': '{{setting}}为 {{client}}，而{{theirs}}为 {{server}}。',
  'mtls.conflictWithoutProxy': '{{setting}}为 {{client}}，而被调用方没有代理。',
  'mtls.conflictWithMode':
    '{{setting}}为 {{client}}，而被调用方为 {{server}}。',
  'mtls.twoPolicies':
    '{{object}} 最早，因此生效；同一层级的 {{others}} 不起作用。',
  'mtls.severalPolicies':
    '{{object}} 最早，因此生效；同一层级的 {{others}} 不起作用。',
  'mtls.portWithoutSelector':
    '{{object}} 的 portLevelMtls 不起作用：它需要 selector。',
  'mtls.portNotListenedOn':
    '{{object}} 的 portLevelMtls 写了端口 {{port}}，Service 没有端口通向它；其键是工作负载的端口，而不是 Service 的端口。',
  'mtls.ambientDisable':
    '{{object}} 写了 DISABLE，而 ambient 模式不遵从它：ztunnel 仍然同时接受双向 TLS 和明文。',
  'mtls.selectorInRoot':
    '{{object}} 从网格的根命名空间选择工作负载，而 Istio 不在那里查找这类策略：它不起作用。',
  'mtls.noWorkload': '该集群中没有工作负载支撑这个服务。',
  'mtls.workloadsUnknown': '不知道哪些工作负载支撑这个服务。',
  'mtls.podsWithoutProxy':
    '{{names}} 的 Pod 没有代理，因此那里没有任何一方使用双向 TLS。',
  'mtls.switchedOff':
    '{{setting}}关闭了 {{workload}} 端口 {{port}} 上的双向 TLS。',
  'mtls.switchedOffByPolicy':
    '有策略关闭了 {{workload}} 端口 {{port}} 上的双向 TLS。',
  'mtls.policiesUnread': '起决定作用的 PeerAuthentication 无法读取。',
  'mtls.strict': '每个端口都只接受双向 TLS。',
  'mtls.ready': '最近 {{lookBack, span}}没有看到明文：可以切换为 STRICT。',
  'mtls.plaintextCallers.one': '有 1 个调用方以明文调用：{{callers}}。',
  'mtls.plaintextCallers.many':
    '有 {{count}} 个调用方以明文调用：{{callers}}。',
  'mtls.refusedCallers.one':
    '最近 {{lookBack, span}}有 1 个调用方以明文调用，而现在每个端口都拒绝明文：{{callers}}。',
  'mtls.refusedCallers.many':
    '最近 {{lookBack, span}}有 {{count}} 个调用方以明文调用，而现在每个端口都拒绝明文：{{callers}}。',
  'callers.1': '{{name1}}（{{reason1}}）',
  'callers.2': '{{name1}}（{{reason1}}）、{{name2}}（{{reason2}}）',
  'callers.3':
    '{{name1}}（{{reason1}}）、{{name2}}（{{reason2}}）、{{name3}}（{{reason3}}）',
  'callers.more':
    '{{name1}}（{{reason1}}）、{{name2}}（{{reason2}}）、{{name3}}（{{reason3}}），另有 {{more}} 个',
  'callers.nameless': 'Istio 无法命名的调用方',
  'reason.no-proxy': '没有代理',
  'reason.destination-rule': '被 DestinationRule 关闭',
  'reason.server-disabled': '被调用方只接受明文',
  'reason.outside-the-mesh': '在网格之外',
  'reason.unexplained': '配置无法解释',
  'strict.refusedBySetting':
    '{{setting}}对 {{namespace}} 中的调用方为 {{client}}。',
  'strict.refusedWithoutProxy':
    '{{workload}} 有没有代理的 Pod：它若调用，会被拒绝。',
  'strict.podsWithoutProxy':
    '{{names}} 的 Pod 没有能执行它的代理：请先把它们加入网格。',
  'strict.unobserved': '不知道谁以明文调用。',
  'strict.seenAt': '在 {{workload}} 处看到其明文调用。',
  'strict.seenWithoutProxy':
    '在 {{workload}} 处看到其明文调用；它的 Pod 没有代理。',
  'strict.callsInPlaintext': '{{name}} 以明文调用它。',
  'strict.namelessCalls': '一个没有名称的调用方以明文调用它。',
  'strict.knownTooShort':
    'Prometheus 了解该命名空间仅 {{watched, span}}；没有人观察满 {{lookBack, span}}。',
  'plaintext.elsewhere':
    '它从集群「{{cluster}}」调用，它发送什么由那里的对象决定。',
  'plaintext.gone':
    '集群中没有工作负载 {{workload}}：它可能已经结束，或从外部调用。',
  'plaintext.noProxy': '它的 Pod 没有代理。',
  'plaintext.someWithoutProxy': '它的部分 Pod 没有代理。',
  'plaintext.switchedOff': '{{setting}}关闭了它的双向 TLS。',
  'plaintext.calledSideOff': '{{setting}}在被调用方关闭了双向 TLS。',
  'plaintext.calledSideWithoutProxy': '被调用方没有代理。',
  'plaintext.unexplained':
    '按现在的配置，它的调用是加密的；要么配置在回溯期内改变过，要么它绕过代理调用。',
  'plaintext.nameless': 'Istio 无法命名它，因为它无法命名没有代理的调用方。',
  'plaintext.suspects': '在 {{namespace}} 中，这些没有代理：{{names}}。',
  'plaintext.moreSuspects':
    '在 {{namespace}} 中，这些没有代理：{{names}}，另有 {{more}} 个。',
  'plaintext.noSuspects':
    '{{namespace}} 中的工作负载都有代理：它在别的命名空间，或在网格之外。',
  'certificate.unknown': '它的证书未知。',
  'certificate.stuck':
    '{{all}} 个证书中有 {{count}} 个的到期时间没有变化，尽管它们早该续期。',
  'certificate.renewed': '{{all}} 个证书中有 {{count}} 个在最近一天内续期。',
  'certificate.noRenewal':
    'Prometheus 了解它们 {{watched, span}}以来没有看到续期，也还没有到续期的时候。',
  'certificate.noRenewalAtMost':
    'Prometheus 了解它们至多 {{watched, span}}，其间没有看到续期，也还没有到续期的时候。',
};
