-- AlterTable
ALTER TABLE "slack_pause" ADD COLUMN     "probe_at" TIMESTAMP(3),
ADD COLUMN     "refused" TEXT,
ADD COLUMN     "refused_at" TIMESTAMP(3),
ADD COLUMN     "scope" TEXT;
