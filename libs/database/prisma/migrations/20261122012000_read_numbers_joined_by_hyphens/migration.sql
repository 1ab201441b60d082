-- The parser reads "2025-2026" as 2025 and minus 2026, and a search for 2026 missed it: a hyphen before a digit within a
-- word parts two words. (One at the start of a word stays: in a query it means "without".) Still one character for one.
CREATE OR REPLACE FUNCTION searchable_text(field text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(left(field, 100000) COLLATE pg_c_utf8, '[^[:ascii:][:alnum:]]|[<>/_]|(?<=[[:alnum:]])-(?=[0-9])', ' ', 'g')
$$;
UPDATE archived_articles SET search = search_vector(language, title, text) WHERE title ~ '[[:alnum:]]-[0-9]' OR text ~ '[[:alnum:]]-[0-9]';
