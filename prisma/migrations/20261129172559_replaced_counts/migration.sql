-- AlterTable
ALTER TABLE "activity_day" ADD COLUMN     "replaced" JSONB NOT NULL DEFAULT '{}';
