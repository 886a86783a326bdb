import { HumanDuration } from '@backstage/types';

export interface Config {
  /** AI Mesh: reads the service mesh around the catalog's entities. */
  aiMesh?: {
    /** Facts of entities, which scorecards are made of. */
    facts?: {
      /** Every entity's facts are computed once in this: 15 minutes unless set, 10 seconds at least. */
      period?: string | HumanDuration;
      history?: {
        /** How long every change is kept: 7 days unless set. */
        changes?: string | HumanDuration;
        /** How long the last of every day is kept: 400 days unless set. */
        days?: string | HumanDuration;
      };
    };
    /**
     * Where the portal has the documentation of AI Mesh: a path of the portal, such as the TechDocs page
     * `/docs/default/component/ai-mesh`, or an address. The help of each screen links to its page there. No link unless set.
     */
    documentation?: string;
    /** How fixes of the review become pull requests. */
    fixes?: {
      /**
       * The software template that proposes a fix, such as `template:default/mend-findings`: the review has a button that
       * opens it with the finding filled in. None unless set. docs/templates.md has one to start from.
       */
      template?: string;
      /**
       * The software template that mends findings of several entities by one request, such as
       * `template:default/mend-everywhere`: the findings of all entities have a button that opens it with those filled in
       * that were chosen. None unless set.
       */
      fleetTemplate?: string;
      /**
       * The software template that keeps in Git what the portal has made or done, such as `template:default/keep-in-git`:
       * the STRICT manifest, the rules of objectives, and the weights of a promoted canary have a button that opens it. None
       * unless set.
       */
      changeTemplate?: string;
      /** How often the Git host of a pull request that is open is asked what became of it: a minute unless set. */
      period?: string | HumanDuration;
    };
    /** What people are told in the portal's notifications. */
    notifications?: {
      /**
       * What they are in: `[en]` unless set. A notification has one text for whoever reads it, so that a portal with readers
       * of both languages, `en` and `zh-CN`, names both: `[en, zh-CN]` says each in English and then in Chinese.
       */
      languages?: string[];
    };
    /** Where the objects that fixes change are kept in Git. */
    gitOps?: {
      /** Where Argo CD is installed, for Applications that are tracked without a namespace: `argocd` unless set. */
      argoCdNamespace?: string;
    };
    /** What is expected of entities; docs/scorecards.md shows examples. */
    scorecard?: {
      /** Lowest first: bronze, silver and gold unless set. */
      levels?: Array<{ id: string; title: string }>;
      /** The ready-made checks for AI services: all, none, or those with these ids. All unless set. */
      readyMade?: boolean | string[];
      /** Checks of your own. */
      checks?: Array<{
        id: string;
        title: string;
        description?: string;
        /** The id of the level that needs it. */
        level: string;
        /** Which entities it concerns; what is left out is any. */
        appliesTo?: {
          kinds?: string[];
          types?: string[];
          lifecycles?: string[];
          tags?: string[];
        };
        /**
         * `{ fact, equals }` (or `atLeast`, `above`, `atMost`, `below`), or `{ allOf: [...] }` or `{ anyOf: [...] }` of
         * those.
         */
        rule: object;
        /** The screen where it is mended; that of the fact that keeps it from passing unless set. */
        screen?:
          'overview' | 'traffic' | 'canary' | 'security' | 'slos' | 'review';
      }>;
    };
    /** Canaries. */
    canary?: {
      /** Whether one person may ask for a canary and approve it. False unless set. */
      requesterMayApprove?: boolean;
      /** A request that nobody decides on for so long expires: 7 days unless set. */
      requestExpiry?: string | HumanDuration;
      /**
       * Who is told of requests: entity references such as `group:default/approvers`. `{owner}` stands for the owner of
       * the entity: `{owner}-approvers`. The owner, unless set.
       */
      approvers?: string[];
      /** What is kept of canaries that have ended. What goes, goes with its whole history. */
      history?: {
        /** Since their end: 400 days unless set, a day at least. Of fewer than 90 the facts of canaries are unknown. */
        keepFor?: string | HumanDuration;
        /** The latest of them: 20000 unless set, from 100 to 30000. */
        most?: number;
      };
      /**
       * What a request that says nothing else gets, every setting on its own. It is no limit: a request may name another
       * plan, and whoever approves it sees that. Weights are whole percent.
       */
      plan?: {
        /** The first weight: 5 unless set. */
        initialWeight?: number;
        /** What every step adds: 10 unless set. */
        stepWeight?: number;
        /** The last weight: 100 unless set. */
        targetWeight?: number;
        /** Replaces the three above: the weights, ascending. */
        steps?: number[];
        /** Weights that are not taken before a person has confirmed them. None unless set. */
        confirmBefore?: number[];
        /** Between two steps: 300 unless set. */
        intervalSeconds?: number;
        /** At most, between two looks for a breach; sooner once a scrape has arrived: 15 unless set. */
        checkSeconds?: number;
        /** How sure a decision has to be over the whole run, 0.8..0.9999: 0.99 unless set. */
        confidence?: number;
        /** Requests of the canary that an advance needs: 50 unless set. */
        minRequests?: number;
        /** How many checks in a row a gate without a test has to be beyond its bound: 1 unless set. */
        failureLimit?: number;
        /** Held for longer, a canary is paused and a person decides: 3600 unless set. */
        longestHoldSeconds?: number;
        /** Requests with one of these headers go to the canary before anybody else does. No such phase unless set. */
        headerPhase?: {
          headers: Array<{
            name: string;
            /** Exactly one of these: the value, one of several, how it begins, or a whole match of a regular expression (RE2). */
            value?: string;
            values?: string[];
            prefix?: string;
            regex?: string;
          }>;
        };
        /** Keeps people who use a browser with the canary, by a cookie. Nobody is kept unless set. */
        affinity?: {
          /** The cookie's name; its value is each canary's own. */
          cookie: string;
          /** The cookie's Max-Age: 86400 unless set. */
          maxAgeSeconds?: number;
          /** Sent over TLS alone: true unless set. */
          secure?: boolean;
        };
        /** Offers to scale the old version's Deployment to 0 after a promotion. Not offered unless set. */
        cleanUp?: {
          /** After the promotion: 3600 unless set. */
          soakSeconds?: number;
          /** For so long it can be undone: 86400 unless set. */
          reversibleSeconds?: number;
        };
        /** What a canary is judged by; docs/canary.md says how. */
        gates?: {
          /** Ratios of all requests, 0..1: 0.05 and 0.01 unless set. */
          errorRate?: {
            enabled?: boolean;
            rollBackAbove?: number;
            advanceBelow?: number;
            /** By how much it may be worse than the stable version before it gets more than half: 0.01 unless set. */
            nonInferiorityMargin?: number;
          };
          /** Multiples of the stable version's: 1.5 and 1.2 unless set. */
          latencyP99?: {
            enabled?: boolean;
            rollBackAboveTimesStable?: number;
            advanceUpToTimesStable?: number;
            /** Below it a latency never rolls back: 30000 unless set. */
            objectiveMs?: number;
            /** Requests slower than the stable version's p99, over all: 0.05, 0.02 and 0.02 unless set. */
            slowShare?: {
              rollBackAbove?: number;
              advanceBelow?: number;
              nonInferiorityMargin?: number;
            };
          };
          /** Ratios of all requests, 0..1: 0.2 and 0.05 unless set. */
          throttled?: {
            enabled?: boolean;
            rollBackAbove?: number;
            advanceBelow?: number;
            /** 0.04 unless set. */
            nonInferiorityMargin?: number;
          };
          /** Multiples of the stable version's: 2 and 1.3 unless set. */
          tokensPerRequest?: {
            enabled?: boolean;
            rollBackAboveTimesStable?: number;
            advanceUpToTimesStable?: number;
          };
          /** Multiples of the stable version's: 2 and 1.3 unless set. */
          timeToFirstToken?: {
            enabled?: boolean;
            rollBackAboveTimesStable?: number;
            advanceUpToTimesStable?: number;
          };
        };
        /** Names of further gates. Those with `use: default` unless set; those with `use: required` count always. */
        qualityGates?: string[];
      };
      /**
       * Plans that the form offers by name: `careful`, `usual` and `fast` unless set; set, these replace them. A request
       * takes what a person makes of one, so that it is no limit.
       */
      presets?: Array<{
        /** Lower-case letters, digits and dashes. */
        name: string;
        /** One text for all, or English with Chinese, or with another of the plugin's languages; the English stands for what is left out. */
        title: string | { en: string; zh?: string };
        /** As `plan` above; what is left out is as in it. */
        plan?: object;
      }>;
      /**
       * Who is asked before a canary starts or takes a step, or told after its end; docs/canary.md says what is sent, and
       * what is answered.
       */
      webhooks?: Array<{
        /** Small letters, digits and dashes. */
        name: string;
        events: Array<
          'before-start' | 'before-step' | 'after-promotion' | 'on-roll-back'
        >;
        url: string;
        /**
         * Signs what is sent; at least 16 characters.
         * @visibility secret
         */
        secret: string;
        /** How long one try may take: 10 seconds unless set. */
        timeout?: string | HumanDuration;
        /** Further tries where it cannot be reached or has trouble (429, 5xx): 2 unless set, at most 5. */
        retries?: number;
        tls?: {
          /** The server's certificate authority, a PEM bundle in base64. */
          caData?: string;
          /** A file with the server's certificate authority. */
          caFile?: string;
          /** Trust any certificate. Only for trying out. */
          skipVerify?: boolean;
        };
      }>;
      /**
       * Gates beside those of the requests: whether answers are as good. In their queries `{{selector}}` stands for
       * conditions on the series of a version's pods, `{{version}}`, `{{service}}` and `{{namespace}}` for names, and
       * `[{{window}}]` for the time that is looked at. A gate of a built-in's name (`thumbs-down`, `evaluation-score`,
       * `cut-off`, `guardrail-refusals`, `empty-answers`, `fallback-answers`, `pool-queue`, `pool-cache`) replaces it.
       * See docs/canary.md.
       */
      gates?: Array<{
        /** Small letters, digits and dashes. */
        name: string;
        title: { en: string; zh?: string };
        /** Where a plan names it (unless set), where a plan names none, or always. */
        use?: 'optional' | 'default' | 'required';
        /** Where neither version has its series: holds unless set. */
        ifMissing?: 'hold' | 'not-applicable';
        /** It judges InferencePools, and is not offered for other versions: not so unless set. */
        onlyPools?: boolean;
        /**
         * A share of events, which are counted one by one; a mean, of what one counter grew by over what another did; or
         * a query that gives one value.
         */
        kind: 'share' | 'mean' | 'value';
        /** Of a share: counters of all events. */
        all?: string;
        /** Of a share: counters of those that count against a version... */
        bad?: string;
        /** ... or for it: one of the two. */
        good?: string;
        /** Of the bad share, 0..1. */
        rollBackAbove?: number;
        /** Of the bad share, 0..1. */
        advanceBelow?: number;
        /** By how much a share may be worse than the stable version before it gets more than half: 0.05 unless set. */
        nonInferiorityMargin?: number;
        /** Events of the canary that an advance needs, or values of each version that a mean stands on: 20 unless set. */
        leastCount?: number;
        /** Of a mean. */
        sum?: string;
        /** Of a mean. */
        count?: string;
        /**
         * Of a mean: a counter of the squares of what `sum` adds up. Without it, and where `sum` is called `..._sum`, the
         * buckets of the histogram of that name are looked for; with neither the mean is judged by its bounds alone.
         */
        squares?: string;
        /** Of a value. */
        query?: string;
        /** How means and values are shown: `number` unless set. */
        unit?: 'ratio' | 'ms' | 'tokens' | 'number';
        /** Means and values: `lower` unless set. */
        better?: 'lower' | 'higher';
        /** Means and values: beyond each that is given it rolls back. */
        rollBack?: { bound?: number; timesStable?: number };
        /** Means and values: within one that is given it advances. */
        advance?: { bound?: number; timesStable?: number };
        /** A mean or value outside of it is a mistake of the query, and holds. */
        range?: { from?: number; to?: number };
      }>;
    };

    /** What proves that a Service belongs to an entity, and what the entity's own word is worth. See docs/ownership.md. */
    ownership?: {
      /**
       * What an entity's annotation alone may read: `any` Service, Services that nobody else provably owns (`unowned`,
       * unless set), or `none`. It never suffices to change anything.
       */
      claims?: 'any' | 'unowned' | 'none';
      /** Whose the Services of namespaces are, where neither Service nor namespace is marked. The first that fits counts. */
      namespaces?: Array<{
        /** Every cluster unless set. */
        cluster?: string;
        /** A name, or a beginning with `*` at its end. */
        namespace: string;
        /** Entity references; a name alone is a Group's. Their entities that claim a Service own it. */
        owner: string | string[];
      }>;
      /**
       * Locations that only trusted people write to, as the catalog writes them (`backstage.io/managed-by-location`): what
       * an entity from there claims is its, where nothing else says whose it is. With a slash at the end: all below.
       * Name the branch, as `url:https://github.com/acme/catalog/blob/main/` and `.../tree/main/`: without it every
       * branch and pull request is trusted.
       */
      trustedLocations?: string[];
      /** An annotation that finds more Services is refused: 50 unless set. */
      mostServices?: number;
    };

    /** The page of all entities. */
    fleet?: {
      /**
       * The figures of all entities come from one table of each cluster's traffic, kept in memory while anybody looks. Of
       * a mesh with more series than this (100,000 unless set) it holds no latencies, and of one with more without those
       * not who calls whom: then what each service receives is asked for by itself, some namespaces at a time and of
       * those alone in which entities have services, once a minute at most. Overview, topology and routes over 5 minutes
       * are taken from the table too, where it is there.
       */
      mostSeries?: number;
    };

    /** How much may be asked, of each replica of the backend. Beyond it the answer is 429, with `Retry-After`. */
    limits?: {
      /** By one person: 1200 in a minute and 40 at a time unless set. */
      user?: { perMinute?: number; open?: number };
      /** By one person of one entity: 600 in a minute and 20 at a time unless set. */
      entity?: { perMinute?: number; open?: number };
      /** By one service, such as another backend plugin: 6000 in a minute and 100 at a time unless set. */
      service?: { perMinute?: number; open?: number };
      /**
       * How much of one object of a cluster, such as a VirtualService, is read: 5,000 keys of maps and items of lists, and
       * 250,000 characters, unless set. A larger one is shown as unreadable.
       */
      object?: { keys?: number; characters?: number };
    };

    /**
     * Whether views name neighbours whose entities the reader may not see: `named` unless set. `anonymous` shows their
     * figures as those of a service that the reader may not see.
     */
    neighbours?: 'named' | 'anonymous';

    /** mTLS and authorization. */
    security?: {
      /**
       * How far back the observation of callers looks: 7 days unless set, from a minute to 92 days. That nobody was
       * seen in plaintext for so long makes a service ready for STRICT.
       */
      lookBack?: string | HumanDuration;
    };

    /** Per-model objectives, dialects of metrics, and prices. See docs/slos.md. */
    slo?: {
      /**
       * Objectives of entities that write none of their own; the first entry that names a model is its. Without any:
       * availability 99.5 % and 99 % of answers within 30 s, over 30 days.
       */
      objectives?: Array<{
        /** Names of models, or patterns with `*`. Every model unless set. */
        models?: string[];
        /** A rolling period: 30 days unless set, an hour to a year. */
        period?: string | HumanDuration;
        availability?: {
          /** Such as 99.5; above 0 and below 100. */
          targetPercent: number;
          /** Whether an answer that the application gave in place of the model is a bad event. False unless set. */
          fallbacksAreBad?: boolean;
        };
        latency?: {
          targetPercent: number;
          /** An answer within this time is good, such as `30s`. */
          threshold: string | HumanDuration;
        };
      }>;
      /** What tokens cost, for estimates. A model without a price shows tokens and no money. */
      prices?: Array<{
        /** The model's name in the metrics, or a pattern with `*`; an exact name wins. */
        model: string;
        inputPerMillion: number;
        outputPerMillion: number;
        /** Three letters: EUR. */
        currency: string;
        /** The first day of the price, such as 2026-01-01; always unless set. */
        validFrom?: string;
      }>;
      /** How your own services write their AI metrics. They are preferred over the built-in dialects. */
      dialects?: Array<{
        name: string;
        /**
         * Whether every spelling of the metrics' names is one: behind a prefix, with other separators, in another unit
         * or with none, a counter without `_total`. The names are exact unless set.
         */
        anySpelling?: boolean;
        /** Labels that name the model, the one that was asked for first. */
        modelLabels: string[];
        /** The label that names the model that answered. */
        answeredByLabel?: string;
        providerLabels?: string[];
        /** Only series with this label are of the dialect. */
        requiredLabel?: string;
        requests: {
          metrics: string[];
          where?: { [label: string]: string[] };
        };
        errors:
          | {
              kind: 'label';
              counter: {
                metrics: string[];
                where?: { [label: string]: string[] };
              };
              label: string;
              /** Values that are no error; '' is the label's absence. */
              ok: string[];
              /** Whether what Istio saw fail counts where that is more: requests that never reached the counter. */
              alsoIstio?: boolean;
            }
          | {
              kind: 'counter';
              counter: {
                metrics: string[];
                where?: { [label: string]: string[] };
              };
            }
          | { kind: 'istio' };
        fallbacks?: {
          metrics: string[];
          where?: { [label: string]: string[] };
        };
        duration?: {
          /** Without `_bucket`. */
          metrics: string[];
          /** Milliseconds of the metric's unit: 1000 for seconds. */
          unitMs: number;
          /** The same, where a spelling names no unit; `unitMs` unless set. */
          unnamedUnitMs?: number;
        };
        tokens?: {
          input?: {
            metrics: string[];
            where?: { [label: string]: string[] };
          };
          output?: {
            metrics: string[];
            where?: { [label: string]: string[] };
          };
          total?: {
            metrics: string[];
            where?: { [label: string]: string[] };
          };
        };
        timeToFirstToken?: {
          metrics: string[];
          unitMs: number;
          unnamedUnitMs?: number;
        };
        /** Gauges of a model server: requests in work and waiting, and its cache's use (0..1). */
        load?: {
          running?: { metrics: string[] };
          waiting?: { metrics: string[] };
          cacheUse?: { metrics: string[] };
        };
      }>;
      /**
       * Links out, shown with an entity's SLOs. `{entity}`, `{entityRef}`, `{cluster}`, `{namespace}` and `{service}`
       * are filled in.
       */
      links?: Array<{ title: string; url: string }>;
      /** The labels by which series of pods name their namespace and pod. */
      podLabels?: {
        /** `namespace` unless set. */
        namespace?: string;
        /** `pod` unless set. */
        pod?: string;
      };
      /** How much of a file of objectives is read: what is larger is a problem on the screen that says so. */
      limits?: {
        /** 100,000 unless set. */
        bytes?: number;
        /** 5,000 unless set. */
        lines?: number;
        /** Maps and lists within each other: 40 unless set. */
        nesting?: number;
        /** Keys of maps and items of lists: 10,000 unless set. */
        keys?: number;
        /** 200 unless set. */
        objectives?: number;
        /** Series of Prometheus that one counter of an objective may read: 10,000 unless set. */
        series?: number;
        /** That reading a file may take, on a thread of its own: 1 unless set. */
        seconds?: number;
      };
    };

    /** The clusters to look for an entity's services in. */
    clusters?: Array<{
      /**
       * How annotations and screens name the cluster. No slash, comma or blank.
       */
      name: string;

      /**
       * How to reach the cluster's API: exactly one of `url`, `inCluster`, `kubeconfig` and `fromKubernetesPlugin`.
       * The credentials need the verbs list and watch on the kinds that a mesh is made of; never on Secrets.
       */
      kubernetes: {
        /** The API server. */
        url?: string;
        /**
         * The token of a service account, together with `url`.
         * @visibility secret
         */
        serviceAccountToken?: string;
        /** The API server's certificate authority, a PEM bundle in base64, together with `url`. */
        caData?: string;
        /** A file with the API server's certificate authority, together with `url`. */
        caFile?: string;
        /** Trust any certificate, together with `url`. Only for trying out. */
        skipTLSVerify?: boolean;
        /** Use the service account of the pod that the portal runs in. */
        inCluster?: true;
        /** Use a context of a kubeconfig file. */
        kubeconfig?: {
          path: string;
          /** The file's current context unless set. */
          context?: string;
        };
        /**
         * Use the cluster of the same name of the Kubernetes plugin: one under `kubernetes.clusterLocatorMethods` of the
         * type `config` that signs in by `serviceAccount` or `localKubectlProxy`, or the cluster `local` of the type
         * `localKubectlProxy`. Anything else stops the plugin's start with what to do instead: docs/install.md lists it.
         */
        fromKubernetesPlugin?: true;
      };

      /** Whether the portal may ever change an object on the cluster. False unless set. */
      allowWrites?: boolean;

      /**
       * Keep a watch on the cluster's objects (true unless set), or list them when a person asks: slower, for small
       * installations.
       */
      watch?: boolean;

      /** The namespace of mesh-wide policies: `istio-system` unless set. */
      rootNamespace?: string;

      /** The cluster's DNS domain: `cluster.local` unless set. */
      clusterDomain?: string;

      /**
       * What Istio's metrics call the cluster (`source_cluster`, `destination_cluster`; the installation's
       * `global.multiCluster.clusterName`). Found out unless set, where the cluster's Prometheus has metrics of this one
       * cluster alone or they call it by its `name`.
       */
      istioCluster?: string;

      /** The mesh's `enableAutoMtls`: true unless set, as in Istio. */
      autoMtls?: boolean;

      /**
       * Pages elsewhere about a service, shown with it in the topology: Kiali, Grafana, a search for its traces.
       * `{cluster}`, `{namespace}` and `{service}` are filled in.
       */
      links?: Array<{ title: string; url: string }>;

      /** Where the mesh's metrics are: Prometheus, Thanos, Mimir or whatever speaks Prometheus' HTTP API. */
      prometheus?: {
        /** Before `/api/v1`. */
        url: string;
        /** Exactly one of the two; leave it out where none is needed. */
        auth?: {
          /** @visibility secret */
          bearerToken?: string;
          basic?: {
            username: string;
            /** @visibility secret */
            password: string;
          };
        };
        /**
         * Further headers of every request.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        /** The tenant of Mimir, Cortex or Thanos, sent as `X-Scope-OrgID`. */
        tenant?: string;
        /** Labels that tell this cluster's series apart; every query asks for them. */
        extraLabels?: { [label: string]: string };
        tls?: {
          /** The server's certificate authority, a PEM bundle in base64. */
          caData?: string;
          /** A file with the server's certificate authority. */
          caFile?: string;
          /** Trust any certificate. Only for trying out. */
          skipVerify?: boolean;
        };
        /** How long a query may take: 10 seconds unless set. */
        timeout?: string | HumanDuration;
        /** How it is shared: whoever asks takes turns with the others, within the time above. Of each replica. */
        queue?: {
          /** Questions at a time: 20 unless set. */
          open?: number;
          /** Questions that may wait: 2000 unless set. One more is refused, and the screen says so. */
          waiting?: number;
          /** Those of one person or service: 500 unless set. */
          waitingOfOne?: number;
        };
        /** How long an answer serves the same question: 10 seconds unless set; 0 asks anew for each view. */
        cacheTtl?: string | HumanDuration;
        /**
         * The time between two scrapes of the mesh's metrics: 15 seconds unless set. A canary is not judged by a
         * shorter window than four of them.
         */
        scrapeInterval?: string | HumanDuration;
        /**
         * How long a sample may take from its scrape until questions find it: 3 seconds unless set, 4 minutes at most.
         * Longer where samples come by remote write (an agent, Mimir, Thanos Receive): a canary's requests are counted up
         * to so long ago, and what arrives later is missed.
         */
        settleTime?: string | HumanDuration;
      };

      /** Kiali's judgement is shown beside our own where it is configured. */
      kiali?: {
        /** With or without Kiali's web root (`/kiali`). */
        url: string;
        /**
         * A token for Kiali's strategies `token` and `header`; anonymous without.
         * @visibility secret
         */
        token?: string;
        tls?: {
          /** The server's certificate authority, a PEM bundle in base64. */
          caData?: string;
          /** A file with the server's certificate authority. */
          caFile?: string;
          /** Trust any certificate. Only for trying out. */
          skipVerify?: boolean;
        };
        /** How long a request may take: 10 seconds unless set. */
        timeout?: string | HumanDuration;
        /** How it is shared: whoever asks takes turns with the others, within the time above. Of each replica. */
        queue?: {
          /** Questions at a time: 20 unless set. */
          open?: number;
          /** Questions that may wait: 2000 unless set. One more is refused, and the screen says so. */
          waiting?: number;
          /** Those of one person or service: 500 unless set. */
          waitingOfOne?: number;
        };
      };

      /** Where traces are kept: Jaeger, or Tempo. */
      tracing?: {
        /**
         * Whose API the server speaks: that of Jaeger (either line, and what imitates it), or Tempo's own. It is found
         * out unless set.
         */
        type?: 'jaeger' | 'tempo';
        /** Before `/api/`. */
        url: string;
        /** Exactly one of the two; leave it out where none is needed. */
        auth?: {
          /** @visibility secret */
          bearerToken?: string;
          basic?: {
            username: string;
            /** @visibility secret */
            password: string;
          };
        };
        /**
         * Further headers of every request.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        /** Whose traces to ask for: sent as `X-Scope-OrgID` (Tempo's) and as `x-tenant` (Jaeger's). */
        tenant?: string;
        tls?: {
          /** The server's certificate authority, a PEM bundle in base64. */
          caData?: string;
          /** A file with the server's certificate authority. */
          caFile?: string;
          /** Trust any certificate. Only for trying out. */
          skipVerify?: boolean;
        };
        /** How long a search may take: 10 seconds unless set. */
        timeout?: string | HumanDuration;
        /** How it is shared: whoever asks takes turns with the others, within the time above. Of each replica. */
        queue?: {
          /** Questions at a time: 20 unless set. */
          open?: number;
          /** Questions that may wait: 2000 unless set. One more is refused, and the screen says so. */
          waiting?: number;
          /** Those of one person or service: 500 unless set. */
          waitingOfOne?: number;
        };
        /** How long an answer serves the same search: 10 seconds unless set. */
        cacheTtl?: string | HumanDuration;
        /**
         * The page that shows a trace; `{traceId}` stands for its identifier. Of Jaeger it is
         * `https://jaeger.example.com/trace/{traceId}`, of Tempo a page of Grafana's explorer. No links unless set.
         */
        traceUrl?: string;
      };
    }>;
  };
}
