-- AlterTable
ALTER TABLE "home_shown" ADD COLUMN     "opened_at" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "home_shown_opened_at_idx" ON "home_shown"("opened_at");
