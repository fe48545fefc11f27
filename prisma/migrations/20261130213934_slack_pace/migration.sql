-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "is_urgent" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "slack_pace" (
    "workspace_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "full_at" TIMESTAMP(6) NOT NULL,
    "per_minute" DOUBLE PRECISION NOT NULL,
    "told_at" TIMESTAMP(3),

    CONSTRAINT "slack_pace_pkey" PRIMARY KEY ("workspace_id","method")
);

ALTER TABLE "slack_pace" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "workspace" ON "slack_pace"
  USING ("workspace_id" = current_setting('bigplan.workspace', true));
