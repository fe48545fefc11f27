-- CreateTable
CREATE TABLE "audit_log" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT,
    "about" TEXT,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_log_workspace_id_subject_id_kind_at_idx" ON "audit_log"("workspace_id", "subject_id", "kind", "at");

-- CreateIndex
CREATE INDEX "audit_log_at_idx" ON "audit_log"("at");

-- Rows are only added. Forgetting somebody may put nobody in the place of their id, and what is too old may go where
-- the sweep has said so in its transaction.
CREATE FUNCTION audit_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('bigplan.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE'
    AND NEW.actor_id IN (OLD.actor_id, 'somebody who was forgotten')
    AND (NEW.subject_id IS NOT DISTINCT FROM OLD.subject_id
      OR NEW.subject_id = 'somebody who was forgotten')
    AND (NEW.id, NEW.workspace_id, NEW.at, NEW.kind) = (OLD.id, OLD.workspace_id, OLD.at, OLD.kind)
    AND NEW.about IS NOT DISTINCT FROM OLD.about THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit log only grows';
END $$;
CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_log_only_grows();
CREATE TRIGGER audit_log_stays BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_only_grows();
