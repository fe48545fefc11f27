-- CreateTable
CREATE TABLE "onboarding_week" (
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "week" INTEGER NOT NULL,
    "kind" TEXT,
    "words" TEXT,
    "confirmed_at" TIMESTAMP(3),
    "confirmed_by" TEXT,

    CONSTRAINT "onboarding_week_pkey" PRIMARY KEY ("workspace_id","rep_id","week")
);

-- CreateTable
CREATE TABLE "onboarding_look" (
    "workspace_id" TEXT NOT NULL,
    "rep_id" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "held_at" TIMESTAMP(3) NOT NULL,
    "held_by" TEXT NOT NULL,

    CONSTRAINT "onboarding_look_pkey" PRIMARY KEY ("workspace_id","rep_id","day")
);
