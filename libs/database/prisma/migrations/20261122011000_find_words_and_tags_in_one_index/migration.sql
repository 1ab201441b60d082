-- With words and tags in two indexes the planner reads the tags' one and then unpacks the text vector of each article it
-- found: 1.2 s for a common word and two tags at 200,000 articles. In one index all conditions are met before a row is read: 0.1 s.
DROP INDEX "archived_articles_search_idx";
DROP INDEX "archived_articles_sectors_topics_authorities_jurisdictions__idx";
CREATE INDEX "archived_articles_found_by_idx" ON "archived_articles" USING GIN ("search", "sectors", "topics", "authorities", "jurisdictions", "developments");
