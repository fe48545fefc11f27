ALTER TABLE "slack_removal" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "slack_removal"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "audit_log"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));
