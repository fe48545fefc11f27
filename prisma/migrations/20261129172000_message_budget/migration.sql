-- CreateEnum
CREATE TYPE "sync_consent_state" AS ENUM ('asked', 'accepted', 'declined');

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "held_for" TEXT,
ADD COLUMN     "held_from" TIMESTAMP(3),
ADD COLUMN     "notified_at" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "sync_consent" (
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "partner_id" TEXT NOT NULL,
    "state" "sync_consent_state" NOT NULL DEFAULT 'asked',
    "asked_at" TIMESTAMP(3) NOT NULL,
    "answered_at" TIMESTAMP(3),

    CONSTRAINT "sync_consent_pkey" PRIMARY KEY ("workspace_id","rep_id","partner_id")
);

-- CreateIndex
CREATE INDEX "delivery_workspace_id_person_id_notified_at_idx" ON "delivery"("workspace_id", "person_id", "notified_at");
