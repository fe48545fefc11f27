-- AlterTable
ALTER TABLE "person" ADD COLUMN     "dm_channel" TEXT;
