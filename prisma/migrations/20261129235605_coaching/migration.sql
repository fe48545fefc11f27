-- CreateEnum
CREATE TYPE "hour_state" AS ENUM ('open', 'done', 'skipped');

-- AlterTable
ALTER TABLE "nudge_settings" ADD COLUMN     "coaching" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "coaching_rhythm" (
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "weekday" TEXT,
    "time" TEXT NOT NULL,
    "picked_by" TEXT NOT NULL,
    "picked_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "coaching_rhythm_pkey" PRIMARY KEY ("workspace_id","rep_id")
);

-- CreateTable
CREATE TABLE "coaching_hour" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "state" "hour_state" NOT NULL DEFAULT 'open',
    "moved_to" TEXT,
    "moved_at" TEXT,
    "moves" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "topic" TEXT,
    "settled_by" TEXT,
    "held_on" TEXT,
    "reviewed" TEXT,
    "which" TEXT,
    "link" TEXT,
    "heard" TEXT,
    "tweak" TEXT,
    "metric" TEXT,
    "measure_on" TEXT,
    "measured_at" TIMESTAMP(3),
    "result" JSONB,
    "useful" BOOLEAN,
    "logs" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "coaching_hour_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coaching_stand_in" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "stand_in_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "named_at" TIMESTAMP(3) NOT NULL,
    "declined_at" TIMESTAMP(3),
    "ended_at" TIMESTAMP(3),

    CONSTRAINT "coaching_stand_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "objection" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "handled" BOOLEAN NOT NULL,
    "words" TEXT,
    "answer" TEXT,
    "source" TEXT NOT NULL,
    "added_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "removed_at" TIMESTAMP(3),

    CONSTRAINT "objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recognition_settings" (
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "channel_id" TEXT,
    "kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "amounts" BOOLEAN NOT NULL DEFAULT false,
    "handles" BOOLEAN NOT NULL DEFAULT false,
    "since" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "recognition_settings_pkey" PRIMARY KEY ("workspace_id","person_id")
);

-- CreateIndex
CREATE INDEX "coaching_hour_workspace_id_measure_on_idx" ON "coaching_hour"("workspace_id", "measure_on");

-- CreateIndex
CREATE UNIQUE INDEX "coaching_hour_workspace_id_rep_id_week_key" ON "coaching_hour"("workspace_id", "rep_id", "week");

-- CreateIndex
CREATE INDEX "coaching_stand_in_workspace_id_manager_id_to_idx" ON "coaching_stand_in"("workspace_id", "manager_id", "to");

-- CreateIndex
CREATE INDEX "coaching_stand_in_workspace_id_stand_in_id_to_idx" ON "coaching_stand_in"("workspace_id", "stand_in_id", "to");

-- CreateIndex
CREATE INDEX "objection_workspace_id_rep_id_date_idx" ON "objection"("workspace_id", "rep_id", "date");
