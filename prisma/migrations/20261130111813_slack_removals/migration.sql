-- CreateEnum
CREATE TYPE "removal_kind" AS ENUM ('message', 'file', 'dm', 'home');

-- CreateTable
CREATE TABLE "slack_removal" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "kind" "removal_kind" NOT NULL,
    "place" TEXT NOT NULL,
    "ts" TEXT,
    "due_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "slack_removal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "slack_removal_due_at_idx" ON "slack_removal"("due_at");
