-- CreateEnum
CREATE TYPE "layer" AS ENUM ('renewal', 'expansion', 'new_business');

-- CreateEnum
CREATE TYPE "deal_outcome" AS ENUM ('won', 'lost');

-- CreateEnum
CREATE TYPE "item_owner" AS ENUM ('rep', 'manager');

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "position" INTEGER,
ADD COLUMN     "root_id" UUID;

-- AlterTable
ALTER TABLE "nudge_settings" ADD COLUMN "overdue_items" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "deal" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "plan_id" UUID NOT NULL,
    "date" TEXT NOT NULL,
    "layer" "layer" NOT NULL,
    "outcome" "deal_outcome" NOT NULL,
    "account" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "renewal_id" TEXT,
    "added_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "deal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_snapshot" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "plan_id" UUID NOT NULL,
    "date" TEXT NOT NULL,
    "renewal" BIGINT,
    "expansion" BIGINT,
    "new_business" BIGINT,
    "added_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "pipeline_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leads_received" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "inbound" INTEGER NOT NULL,
    "outbound" INTEGER NOT NULL,
    "added_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "leads_received_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_settings" (
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "prep_days" INTEGER NOT NULL DEFAULT 3,

    CONSTRAINT "review_settings_pkey" PRIMARY KEY ("workspace_id","rep_id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "plan_id" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "moved_to" TIMESTAMP(3),
    "moved_by" TEXT,
    "moves" INTEGER NOT NULL DEFAULT 0,
    "skipped_at" TIMESTAMP(3),
    "skipped_by" TEXT,
    "reason" TEXT,
    "asked_at" TIMESTAMP(3),
    "asked" TEXT,
    "answered_at" TIMESTAMP(3),
    "named" BOOLEAN NOT NULL DEFAULT false,
    "team_id" UUID,
    "opened_at" TIMESTAMP(3),
    "card" TEXT,
    "charts" JSONB NOT NULL DEFAULT '{}',
    "threads" INTEGER NOT NULL DEFAULT 0,
    "posts" INTEGER NOT NULL DEFAULT 0,
    "closed_at" TIMESTAMP(3),
    "closed_by" TEXT,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_answer" (
    "review_id" UUID NOT NULL,
    "kpi" TEXT NOT NULL,
    "causes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "own" BOOLEAN NOT NULL DEFAULT false,
    "words" TEXT,
    "proposal" TEXT,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "review_answer_pkey" PRIMARY KEY ("review_id","kpi")
);

-- CreateTable
CREATE TABLE "recovery_item" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "review_id" UUID NOT NULL,
    "owner" "item_owner" NOT NULL,
    "kpi" TEXT,
    "text" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "done_at" TIMESTAMP(3),
    "done_by" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "recovery_item_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "deal_workspace_id_rep_id_date_idx" ON "deal"("workspace_id", "rep_id", "date");

-- CreateIndex
CREATE UNIQUE INDEX "deal_plan_id_renewal_id_key" ON "deal"("plan_id", "renewal_id");

-- CreateIndex
CREATE INDEX "pipeline_snapshot_workspace_id_rep_id_date_idx" ON "pipeline_snapshot"("workspace_id", "rep_id", "date");

-- CreateIndex
CREATE INDEX "leads_received_workspace_id_rep_id_date_idx" ON "leads_received"("workspace_id", "rep_id", "date");

-- CreateIndex
CREATE INDEX "review_workspace_id_rep_id_month_idx" ON "review"("workspace_id", "rep_id", "month");

-- CreateIndex
CREATE INDEX "review_workspace_id_month_idx" ON "review"("workspace_id", "month");

-- CreateIndex
CREATE UNIQUE INDEX "review_plan_id_month_key" ON "review"("plan_id", "month");

-- CreateIndex
CREATE INDEX "recovery_item_workspace_id_rep_id_done_at_idx" ON "recovery_item"("workspace_id", "rep_id", "done_at");

-- CreateIndex
CREATE INDEX "delivery_root_id_position_idx" ON "delivery"("root_id", "position");

-- AddForeignKey
ALTER TABLE "review_answer" ADD CONSTRAINT "review_answer_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_item" ADD CONSTRAINT "recovery_item_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever is on the agenda of every day is looked at for their reviews from now on.
INSERT INTO "agenda" ("workspace_id", "person_id", "kind", "due_at", "done_until")
SELECT "workspace_id", "person_id", 'review', now(), now() FROM "agenda" WHERE "kind" = 'day'
ON CONFLICT DO NOTHING;
