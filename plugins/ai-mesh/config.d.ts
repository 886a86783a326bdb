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
    };
  };
}
