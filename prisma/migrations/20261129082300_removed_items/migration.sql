-- AlterTable
ALTER TABLE "recovery_item" ADD COLUMN     "removed_at" TIMESTAMP(3);
