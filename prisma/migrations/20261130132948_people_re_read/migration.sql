-- CreateIndex
CREATE INDEX "person_refreshed_at_idx" ON "person"("refreshed_at");
