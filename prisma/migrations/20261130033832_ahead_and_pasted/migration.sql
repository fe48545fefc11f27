-- AlterTable
ALTER TABLE "engagement_week" ADD COLUMN     "mentions" TEXT;

-- AlterTable
ALTER TABLE "prospect" ADD COLUMN     "paste_id" UUID;

-- AlterTable
ALTER TABLE "touch" ADD COLUMN     "paste_id" UUID;

-- CreateTable
CREATE TABLE "review_ahead" (
    "review_id" UUID NOT NULL,
    "manager_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,

    CONSTRAINT "review_ahead_pkey" PRIMARY KEY ("review_id","manager_id")
);

-- CreateTable
CREATE TABLE "touch_words" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "touch_words_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "review_ahead_workspace_id_manager_id_day_idx" ON "review_ahead"("workspace_id", "manager_id", "day");

-- CreateIndex
CREATE INDEX "touch_words_workspace_id_rep_id_created_at_idx" ON "touch_words"("workspace_id", "rep_id", "created_at");

-- CreateIndex
CREATE INDEX "touch_paste_id_idx" ON "touch"("paste_id");

-- AddForeignKey
ALTER TABLE "review_ahead" ADD CONSTRAINT "review_ahead_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE;
