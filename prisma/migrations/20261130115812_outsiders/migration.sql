-- AlterTable
ALTER TABLE "person" ADD COLUMN     "outsider" BOOLEAN NOT NULL DEFAULT false;
