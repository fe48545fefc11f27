-- AlterTable
ALTER TABLE "brief_settings" ADD COLUMN     "channel_read_at" TIMESTAMP(3),
ADD COLUMN     "channel_shut" TEXT,
ADD COLUMN     "shut_at" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "recognition_settings" ADD COLUMN     "channel_read_at" TIMESTAMP(3),
ADD COLUMN     "channel_shut" TEXT,
ADD COLUMN     "shut_at" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "brief_settings_channel_read_at_idx" ON "brief_settings"("channel_read_at");

-- CreateIndex
CREATE INDEX "recognition_settings_channel_read_at_idx" ON "recognition_settings"("channel_read_at");

-- Those that are there count as asked about now.
UPDATE "brief_settings" SET "channel_read_at" = CURRENT_TIMESTAMP;
UPDATE "recognition_settings" SET "channel_read_at" = CURRENT_TIMESTAMP WHERE "channel_id" IS NOT NULL;
