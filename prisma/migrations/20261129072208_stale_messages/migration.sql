-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "stale" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "delivery_workspace_id_subject_idx" ON "delivery"("workspace_id", "subject");
