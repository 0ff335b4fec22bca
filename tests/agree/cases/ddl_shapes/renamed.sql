INSERT INTO renamed (a, b) VALUES ($1, $2) ON CONFLICT (a) WHERE now_dead IS NULL DO NOTHING;
INSERT INTO renamed (a, b) VALUES ($1, $2) ON CONFLICT (a) WHERE dead IS NULL DO NOTHING;
INSERT INTO renamed (a, b) VALUES ($1, $2) ON CONFLICT (lower(c)) DO NOTHING;
INSERT INTO renamed (a, b) VALUES ($1, $2) ON CONFLICT (lower(b)) DO NOTHING;
