-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "asked" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "asked_counted_at" TIMESTAMP(3);
