-- F.10 citext
SELECT c, c || 'x', c || t, c = 'X', c = t, c = c, c LIKE 'x', c ~ 'x', c = $1, c <> v, c IN ('a', 'b'), c::text, lower(c), upper(c), length(c) FROM x;
SELECT 'a'::citext, citext 'b', 'x'::text::citext, 5::citext, c::varchar(2), c::integer, c::citext FROM x;
SELECT 'a'::citext, citext 'b', 'x'::text::citext, c::varchar(2), c::text::integer FROM x;
SELECT max(c), min(c), count(DISTINCT c), array_agg(c), string_agg(c, ',') FROM x;
SELECT regexp_replace(c, 'a', 'b'), regexp_matches(c, 'a'), replace(c, 'a', 'b'), split_part(c, ',', 1), strpos(c, 'x'), translate(c, 'a', 'b'), position('a' IN c), substring(c FROM 1), regexp_split_to_array(c, ',') FROM x;
SELECT c LIKE ANY (ARRAY['a']), c = ANY ('{a,b}'), c = ANY ($1), c = ANY (ca), ca || c, ca || 'x'::citext, ca @> ARRAY['a']::citext[], c BETWEEN 'a' AND $2 FROM x;
SELECT c = 1 FROM x;
SELECT ca || 'x' FROM x;
SELECT COALESCE(c, 'x'), COALESCE(c, t), COALESCE(t, c), CASE WHEN true THEN c ELSE t END, NULLIF(c, 'x'), GREATEST(c, 'x'), ARRAY[c, 'x'], ARRAY[t, c] FROM x;
SELECT c FROM x UNION SELECT t FROM x;
SELECT t FROM x UNION SELECT c FROM x;
SELECT c FROM x GROUP BY c ORDER BY c;
SELECT c LIKE $1, c ILIKE $2, c ~* $3, c !~~ 'x', c SIMILAR TO 'x' FROM x;
INSERT INTO x (c) VALUES ('a'), ($1), (5);
INSERT INTO x (c) VALUES (t);
UPDATE x SET c = $1, t = c, c = t;
UPDATE x SET c = $1, t = c, v = c;
-- F.18 hstore
SELECT h -> 'a', h -> ARRAY['a', 'b'], h || 'a=>b', h ? 'a', h ?& ARRAY['a'], h ?| '{a}', h @> 'a=>b', h <@ h, h - ARRAY['a'], h - h, h #= h, %% h, %# h, h = h FROM x;
-- differs: literals of an extension's types are not read
SELECT h - 'a' FROM x;
SELECT h -> 'a', h -> ARRAY['a', 'b'], h || 'a=>b', h ? 'a', h ?& ARRAY['a'], h ?| '{a}', h @> 'a=>b', h <@ h, h - 'a'::text, h - ARRAY['a'], h - h, %% h, %# h, h = h FROM x;
SELECT h -> 1 FROM x;
SELECT h -> $1 FROM x;
SELECT h -> $1::text, h || $2, h @> $3, h ? $4 FROM x;
SELECT h['a'], h[$1], h['a'] = 'x' FROM x;
SELECT 'a=>1, b=>NULL'::hstore, '"a b"=>"c"'::hstore, ''::hstore, hstore('a', 'b'), hstore(ROW(1, 2)), hstore(ARRAY['a', 'b']), hstore('{a}', '{b}'), hstore(x) FROM x;
-- differs: literals of an extension's types are not read
SELECT 'a'::hstore;
-- differs: literals of an extension's types are not read
SELECT 'a=>'::hstore;
-- differs: literals of an extension's types are not read
SELECT 'a=>1 b=>2'::hstore;
SELECT akeys(h), skeys(h), avals(h), svals(h), hstore_to_array(h), hstore_to_json(h), hstore_to_jsonb(h), slice(h, '{a}'), (each(h)).key, exist(h, 'a'), defined(h, 'a'), delete(h, 'a'), h::json, h::jsonb, populate_record(x, h) FROM x;
SELECT h::text[] FROM x;
SELECT akeys(h), skeys(h), avals(h), svals(h), hstore_to_array(h), hstore_to_json(h), hstore_to_jsonb(h), slice(h, '{a}'), (each(h)).key, exist(h, 'a'), defined(h, 'a'), h::json, h::jsonb FROM x;
SELECT delete(h, 'a') FROM x;
SELECT * FROM x, each(h);
SELECT e.key, e.value FROM x, LATERAL each(h) AS e WHERE e.key = $1;
SELECT * FROM each('a=>1'::hstore) AS e (k, v);
SELECT DISTINCT h FROM x ORDER BY h;
INSERT INTO x (h) VALUES ('a=>1'), ($1), (hstore($2, $3));
UPDATE x SET h = h || hstore($1, $2), h = h;
UPDATE x SET h = h || hstore($1, $2);
UPDATE x SET h['a'] = $1;
-- F.23 ltree
SELECT l = 'a.b', l <@ 'a', l @> 'a.b.c', l ~ 'a.*', l ~ '*.b.*'::lquery, l ? ARRAY['a', 'b']::lquery[], l @ 'a & b', l || 'c', l || l, 'a' || l, l < l, l = $1, l <@ $2, l ~ $3 FROM x;
SELECT l = 'a.b', l <@ 'a', l @> 'a.b.c', l ~ 'a.*', l ~ '*.b.*'::lquery, l ? ARRAY['a', 'b']::lquery[], l @ 'a & b', l || l, l < l, l = $1, l ~ $2 FROM x;
SELECT 'a.b'::ltree, 'Top.Science.Astronomy'::ltree, ''::ltree, 'a.*'::lquery, 'a|b.*{1,2}'::lquery, 'a & !b'::ltxtquery, text2ltree('a.b'), ltree2text(l) FROM x;
-- differs: literals of an extension's types are not read
SELECT 'a..b'::ltree;
-- differs: literals of an extension's types are not read
SELECT 'a b'::ltree;
-- differs: literals of an extension's types are not read
SELECT 'a.*{'::lquery;
-- differs: literals of an extension's types are not read
SELECT 'a &'::ltxtquery;
SELECT subltree(l, 0, 1), subpath(l, 1), subpath(l, 0, 2), nlevel(l), index(l, 'a'), lca(l, l), lca(la), subpath(l, $1, $2), l::text FROM x;
SELECT subltree(l, 0, 1), subpath(l, 1), subpath(l, 0, 2), nlevel(l), lca(l, l), lca(la), subpath(l, $1, $2), l::text FROM x;
SELECT la @> l, la ?@> l, la <@ 'a'::ltree, l = ANY (la), la[1] FROM x;
SELECT nlevel('a.b'), max(nlevel(l)), array_agg(l) FROM x;
SELECT l + 1 FROM x;
-- F.35 pg_trgm
SELECT t % 'abc', t <-> 'abc', t <% 'abc', similarity(t, 'abc'), word_similarity('a', t), show_trgm(t), t %> 'x', t <->> 'x', strict_word_similarity(t, t), show_limit(), v % t, c % 'x' FROM x;
SELECT t % 'abc', t <-> 'abc', t <% 'abc', similarity(t, 'abc'), word_similarity('a', t), show_trgm(t), t %> 'x', v % t FROM x;
SELECT id FROM x WHERE t % $1 ORDER BY similarity(t, $1) DESC, t <-> $2;
SELECT t % 5 FROM x;
SELECT similarity(id, 'x') FROM x;
SELECT similarity($1, $2), set_limit(0.5), set_limit($3);
-- F.28 pgcrypto
SELECT digest(t, 'sha256'), digest(b, 'md5'), hmac(t, 'key', 'sha1'), crypt(t, gen_salt('bf')), gen_salt('bf', 8), encrypt(b, 'k', 'aes'), decrypt(b, '\x00', 'aes'), gen_random_bytes(8), pgp_sym_encrypt(t, 'k'), pgp_sym_decrypt(b, 'k'), armor(b), gen_random_uuid(), encode(digest(t, 'sha1'), 'hex') FROM x;
SELECT digest('x', 'sha256');
SELECT digest($1, 'sha256');
SELECT digest($1::text, $2), crypt($3, $4), gen_salt($5), crypt($6, t) = t FROM x;
SELECT digest(id, 'md5') FROM x;
-- F.49 uuid-ossp
SELECT uuid_generate_v4(), uuid_generate_v1(), uuid_generate_v5(uuid_ns_url(), 'x'), uuid_nil(), uuid_generate_v3(u, $1) FROM x;
SELECT uuid_generate_v5('x', 'y');
-- other modules
SELECT unaccent(t), unaccent('x'), unaccent('unaccent', t), unaccent($1), soundex(t), levenshtein(t, 'x'), metaphone(t, 4), difference(t, t), dmetaphone(t) FROM x;
SELECT ia & ARRAY[1], ia | 1, ia + 1, ia - ARRAY[1], ia @@ '1&2', icount(ia), sort(ia), uniq(ia), idx(ia, 1), subarray(ia, 1, 2), ia @> ARRAY[1], ia && '{1}', # ia, ia # 1, ia || 1 FROM x;
SELECT ia & ARRAY[1], ia | 1, ia + 1, ia - ARRAY[1], ia @@ '1&2', icount(ia), sort(ia), uniq(ia), idx(ia, 1), # ia, ia # 1, ia || 1 FROM x;
SELECT * FROM normal_rand(5, 0, 1) AS n;
SELECT * FROM crosstab('SELECT 1, 2, 3') AS ct (r integer, a integer, b integer);
SELECT * FROM crosstab('SELECT 1, 2, 3');
SELECT * FROM crosstab2('SELECT 1, 2, 3');
SELECT * FROM connectby('x', 'a', 'b', '1', 0) AS t (k text, p text, lev integer);
SELECT cu, ext.cube(1, 2), ext.cube_dim(cu) FROM x;
SELECT cu = cu FROM x;
SELECT cu OPERATOR(ext.@>) cu, cu OPERATOR(ext.<->) '(1,2)', ext.cube(ARRAY[1, 2]) FROM x;
SELECT '(1,2)'::ext.cube;
SELECT '(1,2)'::cube;
SELECT cube(1, 2);
SELECT id <-> 5 FROM x;
SELECT u <-> u FROM x;
SELECT id <-> 5, current_date <-> '2020-01-01' FROM x;
SELECT extname, extversion FROM pg_extension;
SELECT id FROM x TABLESAMPLE system_rows ($1);
SELECT id FROM x TABLESAMPLE public.system_rows (10);
SELECT id FROM x TABLESAMPLE ext.system_time ($1);
SELECT id FROM x TABLESAMPLE system_time (100);
SELECT id FROM x TABLESAMPLE ext.system_rows (100);
SELECT id FROM x TABLESAMPLE pg_catalog.bernoulli ($1);
SELECT id FROM x TABLESAMPLE similarity (1);
