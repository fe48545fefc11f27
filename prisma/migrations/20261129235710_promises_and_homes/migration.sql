-- AlterTable
ALTER TABLE "nudge_settings" ADD COLUMN     "digest" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "ask" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "owner" "item_owner" NOT NULL,
    "text" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "done_at" TIMESTAMP(3),
    "done_by" TEXT,
    "removed_at" TIMESTAMP(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "home_shown" (
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "pages" JSONB NOT NULL DEFAULT '{}',
    "stale_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "home_shown_pkey" PRIMARY KEY ("workspace_id","person_id")
);

-- CreateIndex
CREATE INDEX "ask_workspace_id_rep_id_done_at_idx" ON "ask"("workspace_id", "rep_id", "done_at");

-- CreateIndex
CREATE INDEX "home_shown_stale_at_idx" ON "home_shown"("stale_at");
