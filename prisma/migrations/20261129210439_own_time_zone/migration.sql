-- AlterTable
ALTER TABLE "person" ADD COLUMN     "own_time_zone" TEXT,
ALTER COLUMN "time_zone" DROP NOT NULL;
