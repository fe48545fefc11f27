-- AlterTable
ALTER TABLE "review" ADD COLUMN     "announced_for" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "time_off" ADD COLUMN     "ends_at" TEXT,
ADD COLUMN     "share" DOUBLE PRECISION NOT NULL DEFAULT 1,
ADD COLUMN     "starts_at" TEXT;
