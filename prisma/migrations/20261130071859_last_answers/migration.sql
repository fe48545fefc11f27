-- CreateIndex
CREATE INDEX "activity_day_workspace_id_person_id_logged_at_idx" ON "activity_day"("workspace_id", "person_id", "logged_at");
