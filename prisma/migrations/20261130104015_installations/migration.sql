-- CreateTable
CREATE TABLE "installation" (
    "id" TEXT NOT NULL,
    "via_id" TEXT,
    "token_hash" TEXT,
    "token" TEXT,
    "refresh_token" TEXT,
    "expires_at" TIMESTAMP(3),
    "bot_id" TEXT,
    "bot_user_id" TEXT,
    "installed_at" TIMESTAMP(3) NOT NULL,
    "removed_at" TIMESTAMP(3),

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);
