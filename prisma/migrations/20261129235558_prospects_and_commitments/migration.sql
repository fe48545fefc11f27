-- CreateEnum
CREATE TYPE "prospect_state" AS ENUM ('open', 'done', 'lost');

-- AlterTable
ALTER TABLE "nudge_settings" ADD COLUMN     "prospects" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "prospect" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "state" "prospect_state" NOT NULL DEFAULT 'open',
    "stage" TEXT,
    "snoozed_until" TEXT,
    "last_touch_on" TEXT,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "prospect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "touch" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "prospect_id" UUID NOT NULL,
    "date" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT,
    "added_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "touch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prospect_step" (
    "prospect_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "date" TEXT NOT NULL,

    CONSTRAINT "prospect_step_pkey" PRIMARY KEY ("prospect_id","stage")
);

-- CreateTable
CREATE TABLE "hand_off_card" (
    "workspace_id" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "hand_off_card_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "hand_off_owner" (
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,

    CONSTRAINT "hand_off_owner_pkey" PRIMARY KEY ("workspace_id","person_id")
);

-- CreateTable
CREATE TABLE "commitment" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "function" TEXT,
    "cause" TEXT,
    "month" TEXT,
    "week" TEXT NOT NULL,
    "done_at" TIMESTAMP(3),
    "done_by" TEXT,
    "removed_at" TIMESTAMP(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "commitment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "brief_settings" (
    "workspace_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "weekday" TEXT NOT NULL DEFAULT 'mon',
    "time" TEXT NOT NULL DEFAULT '09:30',
    "marketing" TEXT,
    "pr" TEXT,
    "sales" TEXT,

    CONSTRAINT "brief_settings_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "engagement_week" (
    "workspace_id" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "attendance" INTEGER,
    "opens" INTEGER,
    "content_read" INTEGER,
    "earned_media" INTEGER,
    "added_by" TEXT NOT NULL,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "engagement_week_pkey" PRIMARY KEY ("workspace_id","week")
);

-- CreateIndex
CREATE INDEX "prospect_workspace_id_rep_id_state_idx" ON "prospect"("workspace_id", "rep_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "prospect_workspace_id_rep_id_name_key_key" ON "prospect"("workspace_id", "rep_id", "name_key");

-- CreateIndex
CREATE INDEX "touch_prospect_id_date_idx" ON "touch"("prospect_id", "date");

-- CreateIndex
CREATE INDEX "touch_workspace_id_rep_id_date_idx" ON "touch"("workspace_id", "rep_id", "date");

-- CreateIndex
CREATE INDEX "commitment_workspace_id_owner_id_done_at_idx" ON "commitment"("workspace_id", "owner_id", "done_at");

-- CreateIndex
CREATE INDEX "commitment_workspace_id_week_idx" ON "commitment"("workspace_id", "week");

-- CreateIndex
CREATE INDEX "commitment_workspace_id_cause_month_idx" ON "commitment"("workspace_id", "cause", "month");

-- AddForeignKey
ALTER TABLE "touch" ADD CONSTRAINT "touch_prospect_id_fkey" FOREIGN KEY ("prospect_id") REFERENCES "prospect"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prospect_step" ADD CONSTRAINT "prospect_step_prospect_id_fkey" FOREIGN KEY ("prospect_id") REFERENCES "prospect"("id") ON DELETE CASCADE ON UPDATE CASCADE;
