-- AlterTable
ALTER TABLE "plan_version" ADD COLUMN     "words" TEXT;
