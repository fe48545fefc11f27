-- AlterTable
ALTER TABLE "team" ADD COLUMN     "channel_read_at" TIMESTAMP(3),
ADD COLUMN     "channel_shut" TEXT,
ADD COLUMN     "shut_at" TIMESTAMP(3);

-- Those that are there count as asked about now.
UPDATE "team" SET "channel_read_at" = CURRENT_TIMESTAMP WHERE "channel_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "team_channel_read_at_idx" ON "team"("channel_read_at");
