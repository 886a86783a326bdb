export interface Config {
  /** AI Mesh: reads the service mesh around the catalog's entities. */
  aiMesh?: {
    /**
     * Where the portal has the documentation of AI Mesh: a path of the portal, such as the TechDocs page
     * `/docs/default/component/ai-mesh`, or an address. The help of each screen links to its page there. No link unless set.
     *
     * @visibility frontend
     */
    documentation?: string;
    /** How fixes of the review become pull requests. */
    fixes?: {
      /**
       * The software template that proposes a fix, such as `template:default/mend-findings`: the review has a button that
       * opens it with the finding filled in. None unless set.
       *
       * @visibility frontend
       */
      template?: string;
      /**
       * The software template that mends findings of several entities by one request, such as
       * `template:default/mend-everywhere`: the findings of all entities have a button that opens it with those filled in
       * that were chosen. None unless set.
       *
       * @visibility frontend
       */
      fleetTemplate?: string;
      /**
       * The software template that keeps in Git what the portal has made or done, such as `template:default/keep-in-git`:
       * the STRICT manifest, the rules of objectives, and the weights of a promoted canary have a button that opens it. None
       * unless set.
       *
       * @visibility frontend
       */
      changeTemplate?: string;
    };
  };
}
