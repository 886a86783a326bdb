export interface Config {
  /** AI Mesh: reads the service mesh around the catalog's entities. */
  aiMesh?: {
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
