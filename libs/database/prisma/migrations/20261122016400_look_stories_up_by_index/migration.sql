-- A plan made while the tables were small would be kept when they no longer are, and read them whole for every poll.
ALTER FUNCTION story_members(json, interval, int) SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
