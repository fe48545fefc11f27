/** The ids of the views and actions about actuals: what the listeners listen to. */
export const CALLBACK = {
  deal: 'deal_form',
  pipeline: 'pipeline_form',
  leads: 'leads_form',
  /** Views that only show something. */
  shown: 'actuals_shown',
} as const;

export const ACTION = {
  /** In the form: what kind of deal it is. */
  dealKind: 'deal_kind',
  /** Value: a deal's id. */
  dealEdit: 'deal_edit',
  /** Value: the deal, as it is kept to be put back. */
  dealUndo: 'deal_undo',
  dealPutBack: 'deal_put_back',
  /** Value: what the form begins with. */
  dealOpen: 'deal_open',
  /** Value: `rep:page`. */
  dealList: 'deal_list',
  /** The `⋯` of a row: `edit:deal:rep:page`, `undo:deal:rep:page`. */
  dealMenu: 'deal_menu',
  pipelineEdit: 'pipeline_edit',
  pipelineUndo: 'pipeline_undo',
  pipelinePutBack: 'pipeline_put_back',
  leadsEdit: 'leads_edit',
  leadsUndo: 'leads_undo',
  leadsPutBack: 'leads_put_back',
} as const;

/** Where two elements of one view do the same thing, the action ids differ behind this mark. */
export const numbered = (action: string, by: string | number): string => `${action}.${by}`;
