-- CreateTable
CREATE TABLE "encryption_key" (
    "id" TEXT NOT NULL,
    "canary" TEXT NOT NULL,

    CONSTRAINT "encryption_key_pkey" PRIMARY KEY ("id")
);
