-- The second wall between workspaces: in the role that a workspace's work is done in, no other's rows are there.
-- The tables' owner is not bound by it: Bigplan's own work goes on, and so does a program from before.

ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "person"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "team" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "team"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "join_request" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "join_request"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "plan" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "plan"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "delivery" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "delivery"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "agenda" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "agenda"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "slack_pause" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "slack_pause"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "nudge_settings" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "nudge_settings"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "time_off" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "time_off"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "activity_day" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "activity_day"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "call_block_day" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "call_block_day"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "sdr_sync" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "sdr_sync"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "sync_consent" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "sync_consent"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "episode" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "episode"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "catch_up" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "catch_up"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "deal" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "deal"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "pipeline_snapshot" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "pipeline_snapshot"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "leads_received" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "leads_received"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "ask" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "ask"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "home_shown" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "home_shown"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "stashed" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "stashed"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "review_settings" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "review_settings"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "review" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "review"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "review_ahead" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "review_ahead"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "recovery_item" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "recovery_item"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "prospect" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "prospect"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "touch" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "touch"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "hand_off_card" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "hand_off_card"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "hand_off_owner" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "hand_off_owner"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "commitment" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "commitment"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "brief_settings" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "brief_settings"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "engagement_week" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "engagement_week"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "coaching_rhythm" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "coaching_rhythm"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "coaching_hour" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "coaching_hour"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "coaching_stand_in" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "coaching_stand_in"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "objection" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "objection"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "recognition_settings" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "recognition_settings"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "onboarding_week" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "onboarding_week"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "onboarding_look" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "onboarding_look"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));

ALTER TABLE "workspace" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "workspace"
  USING ("id" = current_setting('bigplan.workspace', true));

ALTER TABLE "plan_version" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "plan_version"
  USING (EXISTS (SELECT FROM "plan" WHERE "plan"."id" = "plan_version"."plan_id"));

ALTER TABLE "plan_event" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "plan_event"
  USING (EXISTS (SELECT FROM "plan_version" WHERE "plan_version"."id" = "plan_event"."version_id"));

ALTER TABLE "renewal_wait" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "renewal_wait"
  USING (EXISTS (SELECT FROM "plan" WHERE "plan"."id" = "renewal_wait"."plan_id"));

ALTER TABLE "review_answer" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "review_answer"
  USING (EXISTS (SELECT FROM "review" WHERE "review"."id" = "review_answer"."review_id"));

ALTER TABLE "prospect_step" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "prospect_step"
  USING (EXISTS (SELECT FROM "prospect" WHERE "prospect"."id" = "prospect_step"."prospect_id"));
