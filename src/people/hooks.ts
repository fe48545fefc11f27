/** What was changed about people shows on the Homes of these. */
export type HomesChanged = (workspaceId: string, userIds: readonly string[]) => void;
