-- AlterTable
ALTER TABLE "nudge_settings" ADD COLUMN     "per_day" INTEGER NOT NULL DEFAULT 3;
