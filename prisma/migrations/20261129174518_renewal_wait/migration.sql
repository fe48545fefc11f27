-- CreateTable
CREATE TABLE "renewal_wait" (
    "plan_id" UUID NOT NULL,
    "renewal_id" TEXT NOT NULL,
    "until" TEXT NOT NULL,

    CONSTRAINT "renewal_wait_pkey" PRIMARY KEY ("plan_id","renewal_id")
);
