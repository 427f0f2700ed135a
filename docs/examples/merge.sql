-- sqlite3 -readonly catalogue.sqlite < merge.sql: every guide whole, a line each, from the tables standards and locals.
SELECT json_object('id', g.id, 'guide', (
  SELECT json_group_object(key, json(value)) FROM (
    SELECT key, value FROM locals WHERE guide = g.id
    UNION ALL
    SELECT key, value FROM standards WHERE procedure = g.item || '/' || g.procedure_no
      AND key NOT IN (SELECT key FROM locals WHERE guide = g.id))))
FROM guides g;
