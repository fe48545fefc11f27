-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "plan_event_kind" ADD VALUE 'dropped';
ALTER TYPE "plan_event_kind" ADD VALUE 'brought_back';

-- AlterEnum
ALTER TYPE "version_status" ADD VALUE 'dropped';

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "joined_on" TEXT,
ADD COLUMN     "met_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "was_here" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "cycle_month" INTEGER NOT NULL DEFAULT 1;
