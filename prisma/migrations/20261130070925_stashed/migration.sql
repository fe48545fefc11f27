-- CreateTable
CREATE TABLE "stashed" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "stashed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "stashed_at_idx" ON "stashed"("at");

-- CreateIndex
CREATE INDEX "stashed_workspace_id_person_id_idx" ON "stashed"("workspace_id", "person_id");
