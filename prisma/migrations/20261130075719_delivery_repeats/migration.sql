-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "repeats" INTEGER NOT NULL DEFAULT 0;
