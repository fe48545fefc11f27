-- AlterTable
ALTER TABLE "plan_event" ADD COLUMN     "draft" TEXT;
