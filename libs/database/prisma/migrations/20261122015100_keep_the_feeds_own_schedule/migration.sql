-- What a feed says of how often it wants to be asked counts for the polls that are answered 304, too; and a feed whose newest
-- entry is old is silent from the first poll on.
ALTER TABLE "sources" ADD COLUMN "schedule" JSONB,
ADD COLUMN "newest_entry_at" TIMESTAMPTZ(3);
