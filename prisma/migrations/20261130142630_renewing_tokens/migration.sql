-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "renewing_until" TIMESTAMP(3);
