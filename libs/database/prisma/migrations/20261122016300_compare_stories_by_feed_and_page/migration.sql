-- An article whose page was read has two texts that copies of it may be like: that of its feed (its revision has the article's content hash)
-- and that of its page. It comes once with each.
CREATE OR REPLACE FUNCTION story_members(lookups json, story_window interval, lead_characters int) RETURNS TABLE (
  article_id uuid, story_id uuid, source_id text, guid text, url text, canonical_url text, published_at timestamptz, story_began timestamptz,
  official boolean, title text, text text, corrects_id uuid, correction_id uuid
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH draft AS MATERIALIZED (SELECT * FROM json_to_recordset(lookups) AS d(n int, url text, at timestamptz, keys bigint[])),
  sharing AS (
    SELECT d.n, hit.article_id, count(*) AS keys
    FROM draft d CROSS JOIN LATERAL unnest(d.keys) AS k(key) CROSS JOIN LATERAL (
      SELECT f.article_id FROM article_fingerprints f
      WHERE f.key = k.key AND f.published_at BETWEEN d.at - story_window AND d.at + story_window
      ORDER BY f.published_at, f.article_id LIMIT 40) AS hit
    GROUP BY d.n, hit.article_id),
  near AS MATERIALIZED (
    SELECT ranked.article_id AS id FROM (SELECT s.article_id, row_number() OVER (PARTITION BY s.n ORDER BY s.keys DESC, s.article_id) AS place FROM sharing s) AS ranked WHERE place <= 16
    UNION
    SELECT page.id FROM draft d CROSS JOIN LATERAL (SELECT a.id FROM articles a WHERE a.canonical_url = d.url ORDER BY a.first_seen_at, a.id LIMIT 16) AS page),
  story AS MATERIALIZED (SELECT DISTINCT a.story_id AS id FROM near JOIN articles a ON a.id = near.id),
  began AS MATERIALIZED (SELECT story.id, (SELECT min(a.published_at) FROM articles a WHERE a.story_id = story.id) AS at FROM story)
  SELECT a.id, a.story_id, a.source_id, a.guid, a.url, a.canonical_url, a.published_at, began.at, s.authority = 'official', r.title, left(r.text, lead_characters), a.corrects_id, a.correction_id
  FROM began JOIN articles a ON a.story_id = began.id JOIN sources s ON s.id = a.source_id
    JOIN article_revisions r ON r.article_id = a.id AND (r.revision = a.revision OR r.content_hash = a.content_hash)
  WHERE s.authority = 'official' OR a.correction_id IS NOT NULL OR a.id IN (SELECT near.id FROM near)
  ORDER BY a.first_seen_at, a.id, r.revision;
END $$;
