-- CreateTable
CREATE TABLE "request_claim" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "request_claim_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "request_claim_at_idx" ON "request_claim"("at");
