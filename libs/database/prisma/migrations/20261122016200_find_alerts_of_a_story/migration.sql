-- Who is to be told when a story is corrected.
CREATE INDEX "alerts_story_id_idx" ON "alerts"("story_id");
