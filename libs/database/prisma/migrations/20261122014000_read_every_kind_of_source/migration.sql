-- What kinds of source beyond feeds need: selectors for pages that list articles, the days of a gazette still to be read;
-- and where a source stands in lists of feeds, and since when something has been wrong with it.
ALTER TABLE "sources"
  ADD COLUMN "selectors" JSONB,
  ADD COLUMN "folder" TEXT,
  ADD COLUMN "gaps" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "failing_since" TIMESTAMPTZ(3);
UPDATE "sources" SET "failing_since" = COALESCE("last_succeeded_at", "created_at") WHERE "consecutive_failures" > 0;
