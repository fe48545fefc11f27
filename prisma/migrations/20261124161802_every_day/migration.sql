-- CreateEnum
CREATE TYPE "day_state" AS ENUM ('started', 'logged', 'skipped');

-- CreateEnum
CREATE TYPE "block_state" AS ENUM ('offered', 'started', 'moved', 'skipped', 'counted');

-- CreateEnum
CREATE TYPE "sync_state" AS ENUM ('offered', 'done', 'moved', 'skipped');

-- CreateEnum
CREATE TYPE "episode_kind" AS ENUM ('volume', 'conversion', 'volume_high', 'conversion_high');

-- AlterEnum
ALTER TYPE "delivery_state" ADD VALUE 'missed';

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "send_by" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "company_days" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "agenda" (
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMP(3) NOT NULL,
    "done_until" TIMESTAMP(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMP(3),

    CONSTRAINT "agenda_pkey" PRIMARY KEY ("workspace_id","person_id","kind")
);

-- CreateTable
CREATE TABLE "slack_pause" (
    "workspace_id" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "slack_pause_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "nudge_settings" (
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "check_ins" BOOLEAN NOT NULL DEFAULT true,
    "check_in_time" TEXT NOT NULL DEFAULT '16:30',
    "reminder" BOOLEAN NOT NULL DEFAULT true,
    "reminder_minutes" INTEGER NOT NULL DEFAULT 90,
    "weekdays" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "call_blocks" BOOLEAN NOT NULL DEFAULT true,
    "syncs" BOOLEAN NOT NULL DEFAULT true,
    "pace_notes" BOOLEAN NOT NULL DEFAULT true,
    "reasons" BOOLEAN NOT NULL DEFAULT true,
    "paused_until" TEXT,
    "why" TEXT,

    CONSTRAINT "nudge_settings_pkey" PRIMARY KEY ("workspace_id","person_id")
);

-- CreateTable
CREATE TABLE "time_off" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "added_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "time_off_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_day" (
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "state" "day_state" NOT NULL,
    "calls" INTEGER,
    "visits" INTEGER,
    "demos" INTEGER,
    "proposals" INTEGER,
    "contracts" INTEGER,
    "skip_reason" TEXT,
    "note" TEXT,
    "logged_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "activity_day_pkey" PRIMARY KEY ("workspace_id","person_id","date")
);

-- CreateTable
CREATE TABLE "call_block_day" (
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "block_id" TEXT NOT NULL,
    "state" "block_state" NOT NULL DEFAULT 'offered',
    "moved_to" TEXT,
    "moves" INTEGER NOT NULL DEFAULT 0,
    "calls" INTEGER,
    "skip_reason" TEXT,

    CONSTRAINT "call_block_day_pkey" PRIMARY KEY ("workspace_id","person_id","date","block_id")
);

-- CreateTable
CREATE TABLE "sdr_sync" (
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "state" "sync_state" NOT NULL DEFAULT 'offered',
    "moved_to" TEXT,
    "moves" INTEGER NOT NULL DEFAULT 0,
    "settled_by" TEXT,

    CONSTRAINT "sdr_sync_pkey" PRIMARY KEY ("workspace_id","rep_id","date")
);

-- CreateTable
CREATE TABLE "episode" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "kind" "episode_kind" NOT NULL,
    "subject" TEXT NOT NULL,
    "opened_on" TEXT NOT NULL,
    "manager_on" TEXT,
    "manager_told_on" TEXT,
    "resolved_on" TEXT,
    "open" BOOLEAN DEFAULT true,
    "figures" JSONB NOT NULL,
    "answer" TEXT,
    "causes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "note" TEXT,

    CONSTRAINT "episode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catch_up" (
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "activity" TEXT NOT NULL,
    "per_day" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,

    CONSTRAINT "catch_up_pkey" PRIMARY KEY ("workspace_id","person_id","activity")
);

-- CreateIndex
CREATE INDEX "agenda_due_at_idx" ON "agenda"("due_at");

-- CreateIndex
CREATE INDEX "time_off_workspace_id_person_id_to_idx" ON "time_off"("workspace_id", "person_id", "to");

-- CreateIndex
CREATE INDEX "episode_workspace_id_person_id_opened_on_idx" ON "episode"("workspace_id", "person_id", "opened_on");

-- CreateIndex
CREATE UNIQUE INDEX "episode_workspace_id_person_id_kind_subject_open_key" ON "episode"("workspace_id", "person_id", "kind", "subject", "open");
