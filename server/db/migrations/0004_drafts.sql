ALTER TABLE "pipelines" ADD COLUMN "draft" jsonb;--> statement-breakpoint
ALTER TABLE "pipelines" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;